package io.strowger.worker;

import io.strowger.contracts.api.Identifier;
import io.strowger.runtime.settings.Settings;
import io.strowger.worker.core.sip.Directory;
import java.util.HashMap;
import java.util.Map;

/// Reads users from settings.
final class UserSettings {
    private UserSettings() {}

    static Directory directory(Settings settings) {
        Map<String, Identifier.CommunicationUser> users = new HashMap<>();
        settings.users()
                .forEach(user ->
                        users.put(user.sipUsername(), new Identifier.CommunicationUser(user.id())));
        return new Directory(users);
    }
}
