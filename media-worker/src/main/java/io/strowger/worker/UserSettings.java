package io.strowger.worker;

import io.strowger.contracts.api.Identifier;
import io.strowger.runtime.settings.Settings;
import io.strowger.worker.core.auth.DigestAuthority;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.sip.Directory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Reads users from settings.
final class UserSettings {
    private static final int KEY_BYTES = 32;

    private UserSettings() {}

    static Directory directory(Settings settings) {
        Map<String, Identifier.CommunicationUser> users = new HashMap<>();
        users(settings).forEach(user -> users.put(user.username(), user.id()));
        return new Directory(users);
    }

    /// @param random hard to guess
    static DigestAuthority authority(Settings settings, RandomGenerator random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new DigestAuthority(users(settings), key, random::nextLong);
    }

    private static List<SipUser> users(Settings settings) {
        return settings.users().stream()
                .map(user ->
                        new SipUser(
                                new Identifier.CommunicationUser(user.id()),
                                user.sipUsername(),
                                user.password().reveal()))
                .toList();
    }
}
