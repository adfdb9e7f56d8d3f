package io.strowger.runtime.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What each setting allows by itself and several together do not: a number of an application that
/// there is not, one port for two things.
final class Contradictions {
    /// Client properties that Strowger sets itself, because its guarantees hang on them.
    private static final Set<String> OWN_PROPERTIES =
            Set.of(
                    "acks",
                    "auto.offset.reset",
                    "bootstrap.servers",
                    "enable.auto.commit",
                    "enable.idempotence",
                    "group.id",
                    "group.instance.id",
                    "isolation.level",
                    "transactional.id");

    private Contradictions() {}

    /// @throws SettingsException naming the first
    static void check(Settings settings) {
        accessKeys(settings);
        people(settings);
        trunks(settings.trunks());
        ports(settings);
        kafka(settings.kafka());
        recordings(settings.recordings());
    }

    private static void accessKeys(Settings settings) {
        Check.that(
                settings.accessKeys().isEmpty() || settings.auth().accessKeyFiles().isEmpty(),
                "auth.accessKeyFiles",
                settings.auth().accessKeyFiles(),
                "none, as accessKeys is set");
        Set<Path> paths = new HashSet<>();
        for (int i = 0; i < settings.auth().accessKeyFiles().size(); i++) {
            String key = "auth.accessKeyFiles[" + i + "]";
            String file = settings.auth().accessKeyFiles().get(i);
            Check.text(key, file);
            Check.that(
                    paths.add(Path.of(file).toAbsolutePath().normalize()),
                    key,
                    file,
                    "a file that no other entry has");
        }
    }

    private static void people(Settings settings) {
        Set<String> applications =
                distinct(
                        "applications",
                        "name",
                        settings.applications().stream().map(Settings.Application::name));
        Set<String> users =
                distinct("users", "id", settings.users().stream().map(Settings.User::id));
        distinct("users", "sipUsername", settings.users().stream().map(Settings.User::sipUsername));
        distinct(
                "numbers", "number", settings.numbers().stream().map(Settings.OwnedNumber::number));
        for (int i = 0; i < settings.numbers().size(); i++) {
            Settings.OwnedNumber number = settings.numbers().get(i);
            known("numbers[" + i + "].application", number.application(), applications);
            known("numbers[" + i + "].user", number.user(), users);
        }
        for (int i = 0; i < settings.applications().size(); i++) {
            Settings.Application application = settings.applications().get(i);
            url("applications[" + i + "].incomingCallUrl", application.incomingCallUrl());
            url("applications[" + i + "].eventsUrl", application.eventsUrl());
        }
    }

    private static void trunks(List<Settings.Trunk> trunks) {
        distinct("trunks", "name", trunks.stream().map(Settings.Trunk::name));
        for (int i = 0; i < trunks.size(); i++) {
            Settings.Trunk trunk = trunks.get(i);
            boolean named = trunk.username() != null && !trunk.username().isEmpty();
            boolean secret = trunk.password() != null && !trunk.password().isEmpty();
            Check.that(
                    named || !secret,
                    "trunks[" + i + "].username",
                    "empty",
                    "a name, as there is a password");
        }
    }

    private static Set<String> distinct(String list, String key, Stream<String> values) {
        Set<String> seen = new HashSet<>();
        List<String> all = values.toList();
        for (int i = 0; i < all.size(); i++) {
            Check.that(
                    !all.get(i).isBlank(), list + "[" + i + "]." + key, "empty", "text of its own");
            Check.that(
                    seen.add(all.get(i)),
                    list + "[" + i + "]." + key,
                    all.get(i),
                    "one that no other entry has");
        }
        return seen;
    }

    private static void known(String key, @Nullable String value, Set<String> known) {
        Check.that(
                value == null || known.contains(value),
                key,
                String.valueOf(value),
                known.isEmpty() ? "none, as none is set" : "one of " + new TreeSet<>(known));
    }

    private static void url(String key, @Nullable URI url) {
        Check.that(
                url == null || Check.isHttpUrl(url.toString()),
                key,
                String.valueOf(url),
                "an http or https URL");
    }

    private static void ports(Settings settings) {
        Map<String, Integer> listening = new LinkedHashMap<>();
        listening.put("http.port", settings.http().port());
        listening.put("http.tls.port", settings.http().tls().port());
        listening.put("ops.port", settings.ops().port());
        listening.put("sip.port", settings.sip().port());
        listening.put("sip.tls.port", settings.sip().tls().port());
        listening.put("recordings.contentPort", settings.recordings().contentPort());
        if (settings.kafka().embedded()) {
            listening.put("kafka.port", settings.kafka().port());
        }
        Map<Integer, String> taken = new HashMap<>();
        listening.forEach((key, port) -> {
            String other = port > 0 ? taken.put(port, key) : null;
            Check.that(other == null, key, port, "a port other than " + other + "'s");
        });
        int sip = settings.sip().port();
        Settings.Rtp rtp = settings.rtp();
        Check.that(
                sip == 0 || sip < rtp.portMin() || sip > rtp.portMax(),
                "sip.port",
                sip,
                "a port outside of rtp.portMin..rtp.portMax");
    }

    private static void kafka(Settings.Kafka kafka) {
        Check.that(
                !kafka.embedded() || kafka.replicationFactor() == 1,
                "kafka.replicationFactor",
                kafka.replicationFactor(),
                "1, as kafka.bootstrapServers is empty: the embedded broker is one");
        Set<String> own =
                kafka.client().keySet().stream()
                        .filter(OWN_PROPERTIES::contains)
                        .collect(Collectors.toCollection(TreeSet::new));
        Check.that(
                own.isEmpty(),
                "kafka.client",
                "a value with " + String.join(", ", own),
                "any client property but those that Strowger sets itself: "
                        + String.join(", ", new TreeSet<>(OWN_PROPERTIES)));
    }

    private static void recordings(Settings.Recordings recordings) {
        pair("recordings.s3", recordings.s3().accessKeyId(), recordings.s3().secretAccessKey());
        for (int i = 0; i < recordings.containers().size(); i++) {
            Settings.Container container = recordings.containers().get(i);
            pair(
                    "recordings.containers[" + i + "]",
                    container.accessKeyId(),
                    container.secretAccessKey());
        }
    }

    private static void pair(String at, String id, Secret secret) {
        Check.that(
                id.isEmpty() == secret.isEmpty(),
                at + ".accessKeyId",
                id.isEmpty() ? "empty" : id,
                "both accessKeyId and secretAccessKey, or neither");
    }
}
