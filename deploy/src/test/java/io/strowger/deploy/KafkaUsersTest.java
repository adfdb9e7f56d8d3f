package io.strowger.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.contracts.kafka.Topic;
import io.strowger.contracts.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each service's Kafka user may reach the topics that the service's code names, and no others.
class KafkaUsersTest {
    private static final Pattern NAMED = Pattern.compile("\\bTopics\\.([A-Z][A-Z_]+)\\b");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway",
                "call-orchestrator",
                "media-worker",
                "recording-service",
                "webhook-dispatcher"
            })
    void aUserReachesWhatItsServiceNamesAndNothingElse(String service) throws Exception {
        Set<String> named = namedIn(service);

        Set<String> reached =
                granted(service)
                        .filter(name -> !name.endsWith(".dlq"))
                        .collect(Collectors.toCollection(TreeSet::new));

        named.add(Topics.PLATFORM_SETTINGS.name());
        assertTrue(named.size() > 2, "few topics seen in " + service + ": " + named);
        assertEquals(named, reached);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway",
                "call-orchestrator",
                "media-worker",
                "recording-service",
                "webhook-dispatcher"
            })
    void aUserWritesDeadLettersOfWhatItReadsAndOfNothingElse(String service) {
        Set<String> readable =
                acls(service)
                        .filter(acl -> operations(acl).contains("Read"))
                        .map(KafkaUsersTest::topic)
                        .collect(Collectors.toSet());
        granted(service)
                .filter(name -> name.endsWith(".dlq"))
                .forEach(name ->
                        assertTrue(readable.contains(name.substring(0, name.length() - 4)), name));
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

        granted(user).forEach(name -> assertTrue(present.contains(name), user + ": " + name));
    }

    private static Stream<String> granted(String user) {
        return acls(user).map(KafkaUsersTest::topic).filter(name -> !name.equals("*"));
    }

    private static Stream<JsonNode> acls(String user) {
        JsonNode rules = Overlay.named("dev").one("KafkaUser", user).at("/spec/authorization/acls");
        return rules.valueStream().filter(acl -> acl.at("/resource/type").asText().equals("topic"));
    }

    private static String topic(JsonNode acl) {
        return acl.at("/resource/name").asText();
    }

    private static List<String> operations(JsonNode acl) {
        return acl.path("operations").valueStream().map(JsonNode::asText).toList();
    }

    private static Set<String> namedIn(String service) throws Exception {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files =
                Files.walk(Yaml.root().resolve(service).resolve("src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                collect(file, names);
            }
        }
        return names;
    }

    private static void collect(Path file, Set<String> names)
            throws IOException, ReflectiveOperationException {
        var hits = NAMED.matcher(Files.readString(file));
        while (hits.find()) {
            Object topic = Topics.class.getField(hits.group(1)).get(null);
            names.add(((Topic<?>) java.util.Objects.requireNonNull(topic)).name());
        }
    }
}
