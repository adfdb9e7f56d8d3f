package io.strowger.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.contracts.kafka.Topic;
import io.strowger.contracts.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each service's Kafka user may do with topics and groups what the service's code does, and
/// nothing else. What code does is taken from its text: it decodes what it reads or names its
/// partition, and puts what it writes into a `ProducerRecord`.
class KafkaUsersTest {
    private static final Pattern NAMED = Pattern.compile("\\bTopics\\.([A-Z][A-Z_]+)\\b");
    private static final Pattern READ =
            Pattern.compile(
                    "\\bTopics\\s*\\.([A-Z_]+)\\s*\\.codec\\(\\)\\s*\\.decode\\("
                            + "|new TopicPartition\\(\\s*Topics\\.([A-Z_]+)\\.name\\(\\)");
    private static final Pattern LETTERS_READ =
            Pattern.compile("new TopicPartition\\(\\s*Topics\\.([A-Z_]+)\\.deadLetterName\\(\\)");
    private static final Pattern WRITTEN =
            Pattern.compile("new ProducerRecord<>\\(\\s*Topics\\.([A-Z_]+)\\.name\\(\\)");
    private static final Pattern GROUP =
            Pattern.compile("groupConsumer(?:Settings)?\\((?:\"([a-z-]+)\"|GROUP)");
    private static final Pattern GROUP_NAME = Pattern.compile("GROUP = \"([a-z-]+)\"");

    /// Read, but what cannot be read there is passed over: a heartbeat without an epoch.
    private static final Map<String, String> WITHOUT_LETTERS =
            Map.of("media-worker", Topics.MEDIA_WORKERS.name());

    private static List<String> services() {
        return List.of(
                "gateway",
                "call-orchestrator",
                "media-worker",
                "recording-service",
                "webhook-dispatcher");
    }

    @ParameterizedTest
    @MethodSource("services")
    void aUserReachesWhatItsServiceNamesAndNothingElse(String service) {
        Set<String> named = found(service, NAMED);

        Set<String> reached = new TreeSet<>(operations(service).keySet());
        reached.removeIf(name -> name.endsWith(".dlq"));

        named.add(Topics.PLATFORM_SETTINGS.name());
        assertTrue(named.size() > 2, "few topics seen in " + service + ": " + named);
        assertEquals(named, reached);
    }

    @ParameterizedTest
    @MethodSource("services")
    void aUserReadsAndWritesWhatItsServiceDoes(String service) {
        Map<String, Set<String>> done = new TreeMap<>();
        Set<String> read = found(service, READ);
        read.forEach(topic -> add(done, topic, "Read"));
        found(service, WRITTEN).forEach(topic -> add(done, topic, "Write"));
        read.remove(WITHOUT_LETTERS.getOrDefault(service, ""));
        read.forEach(topic -> add(done, topic + ".dlq", "Write"));
        found(service, LETTERS_READ).forEach(topic -> add(done, topic + ".dlq", "Read"));
        // The runtime does this for every service, at its start.
        add(done, Topics.PLATFORM_SETTINGS.name(), "Read");
        add(done, Topics.PLATFORM_SETTINGS.name(), "Write");

        assertEquals(done, operations(service));
    }

    @ParameterizedTest
    @MethodSource("services")
    void aUserMayBeInTheGroupsThatItsServiceJoins(String service) {
        Set<String> joined = new TreeSet<>();
        for (String text : sources(service)) {
            Matcher group = GROUP.matcher(text);
            Matcher name = GROUP_NAME.matcher(text);
            while (group.find()) {
                joined.add(
                        group.group(1) != null
                                ? group.group(1)
                                : name.find() ? name.group(1) : "no name");
            }
        }

        Set<String> granted =
                acls(service, "group")
                        .filter(acl -> words(acl).equals(Set.of("Read")))
                        .map(KafkaUsersTest::resource)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(joined, granted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway",
                "call-orchestrator",
                "media-worker",
                "recording-service",
                "webhook-dispatcher",
                "analytics",
                "autoscaler"
            })
    void everyTopicThatAUserIsGrantedExists(String user) {
        Set<String> present = new TreeSet<>();
        for (Topic<?> topic : Topics.all()) {
            present.add(topic.name());
            present.add(topic.deadLetterName());
        }

        Map<String, Set<String>> granted = operations(user);

        assertFalse(granted.isEmpty(), user);
        granted.keySet().forEach(name -> assertTrue(present.contains(name), user + ": " + name));
    }

    private static void add(Map<String, Set<String>> done, String topic, String operation) {
        done.computeIfAbsent(topic, unused -> new TreeSet<>()).add(operation);
    }

    /// What a user may do with each topic; that everyone may see that all are there is left out.
    private static Map<String, Set<String>> operations(String user) {
        Map<String, Set<String>> operations = new TreeMap<>();
        acls(user, "topic")
                .filter(acl -> !resource(acl).equals("*"))
                .forEach(acl -> words(acl).forEach(word -> add(operations, resource(acl), word)));
        return operations;
    }

    private static Stream<JsonNode> acls(String user, String type) {
        JsonNode rules = Overlay.named("dev").one("KafkaUser", user).at("/spec/authorization/acls");
        return rules.valueStream().filter(acl -> acl.at("/resource/type").asText().equals(type));
    }

    private static String resource(JsonNode acl) {
        return acl.at("/resource/name").asText();
    }

    private static Set<String> words(JsonNode acl) {
        return acl.path("operations")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static Set<String> found(String service, Pattern pattern) {
        Set<String> names = new TreeSet<>();
        for (String text : sources(service)) {
            Matcher hits = pattern.matcher(text);
            while (hits.find()) {
                String constant =
                        hits.group(1) != null || hits.groupCount() == 1
                                ? hits.group(1)
                                : hits.group(2);
                names.add(topic(constant));
            }
        }
        return names;
    }

    private static String topic(String constant) {
        try {
            Object topic = Topics.class.getField(constant).get(null);
            return ((Topic<?>) Objects.requireNonNull(topic)).name();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("no topic " + constant, e);
        }
    }

    private static Iterable<String> sources(String service) {
        try (Stream<Path> files =
                Files.walk(Yaml.root().resolve(service).resolve("src/main/java"))) {
            return files.filter(path -> path.toString().endsWith(".java")).map(Yaml::text).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
