package io.strowger.contracts.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The JSON on the topics, word for word: `golden/*.jsonl`, one record a line. Records in an
/// installation's log look like this; a change here is a change of the wire.
class GoldenJsonTest {
    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final List<Topic<?>> TOPICS =
            List.of(
                    Topics.CALL_COMMANDS,
                    Topics.CALL_REPLIES,
                    Topics.CALL_EVENTS,
                    Topics.CALL_RECORDS,
                    Topics.MEDIA_COMMANDS,
                    Topics.MEDIA_EVENTS,
                    Topics.MEDIA_WORKERS,
                    Topics.SIP_REGISTRATIONS,
                    Topics.RECORDING_COMMANDS,
                    Topics.RECORDING_EVENTS);

    private record Line(Topic<?> topic, int number, String json) {
        @Override
        public String toString() {
            return topic.name() + " line " + number;
        }
    }

    static Stream<Line> lines() {
        return TOPICS.stream().flatMap(GoldenJsonTest::lines);
    }

    private static Stream<Line> lines(Topic<?> topic) {
        try (InputStream in =
                GoldenJsonTest.class.getResourceAsStream("/golden/" + topic.name() + ".jsonl")) {
            if (in == null) {
                throw new AssertionError("no golden records of " + topic.name());
            }
            List<String> all =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            assertTrue(!all.isEmpty(), "no golden records of " + topic.name());
            return java.util.stream.IntStream.range(0, all.size())
                    .mapToObj(i -> new Line(topic, i + 1, all.get(i)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void readsAndWritesTheRecordAsItStands(Line line) throws Exception {
        assertSame(line.topic(), line.json());
    }

    private static <V> void assertSame(Topic<V> topic, String golden) throws Exception {
        V value = topic.codec().decode(golden.getBytes(StandardCharsets.UTF_8));

        String written = new String(topic.codec().encode(value), StandardCharsets.UTF_8);

        assertEquals(PLAIN.readTree(golden), PLAIN.readTree(written));
        assertEquals(value, topic.codec().decode(written.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void passesOverFieldsItDoesNotKnow(Line line) throws Exception {
        String newer = line.json().replaceFirst("\\{", "{\"ofALaterVersion\":{\"a\":[1]},");

        assertEquals(
                line.topic().codec().decode(line.json().getBytes(StandardCharsets.UTF_8)),
                line.topic().codec().decode(newer.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyCaseOfEverySealedTypeHasAGoldenRecord() throws Exception {
        Set<String> seen = new TreeSet<>();
        for (Line line : lines().toList()) {
            collect(PLAIN.readTree(line.json()), seen);
        }
        for (Class<?> sealed :
                List.of(
                        CallCommand.class,
                        CallCommand.Whom.class,
                        CallReply.Answer.class,
                        SubscriberEvent.class,
                        MediaCommand.class,
                        MediaEvent.class,
                        RecordingCommand.class,
                        RecordingEvent.class)) {
            Set<String> cases =
                    SealedCases.of(sealed)
                            .map(Class::getSimpleName)
                            .collect(Collectors.toCollection(TreeSet::new));
            cases.removeAll(seen);
            assertEquals(Set.of(), cases, () -> sealed.getSimpleName() + " without golden record");
        }
    }

    private static void collect(JsonNode node, Set<String> types) {
        if (node.path("type").isTextual()) {
            types.add(node.path("type").asText());
        }
        node.forEach(child -> collect(child, types));
    }
}
