package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.orchestrator.core.directory.DialPlan;
import io.strowger.orchestrator.core.directory.Directory;
import io.strowger.runtime.settings.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The directory as the settings have it.
final class DirectorySettings {
    private DirectorySettings() {}

    /// A number of an application that has no `incomingCallUrl` cannot be called.
    static Directory directory(Settings settings) {
        Map<String, URI> urls = new HashMap<>();
        settings.applications()
                .forEach(one -> {
                    URI url = one.incomingCallUrl();
                    if (url != null) {
                        urls.put(one.name(), url);
                    }
                });
        Map<String, URI> applications = new HashMap<>();
        Map<String, CommunicationUser> users = new HashMap<>();
        for (Settings.OwnedNumber number : settings.numbers()) {
            String user = number.user();
            URI url = urls.get(number.application());
            if (user != null) {
                users.put(number.number(), new CommunicationUser(user));
            } else if (url != null) {
                applications.put(number.number(), url);
            }
        }
        return new Directory(
                applications,
                users,
                settings.users().stream()
                        .map(user -> new CommunicationUser(user.id()))
                        .collect(Collectors.toSet()),
                settings.calls().phonesTransferToNumbers(),
                eventReceivers(settings),
                new DialPlan(
                        settings.calls().allowedPrefixes(), settings.calls().deniedPrefixes()));
    }

    private static List<URI> eventReceivers(Settings settings) {
        return settings.applications().stream()
                .flatMap(one ->
                        Stream.of(one.eventsUrl(), one.incomingCallUrl())
                                .filter(Objects::nonNull)
                                .limit(1))
                .distinct()
                .toList();
    }
}
