package io.strowger.contracts.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The published description of the topics says what the code does.
class AsyncApiTest {
    private final JsonNode document = read();

    @Test
    void describesEveryTopicAndNoOther() {
        Set<String> described = new TreeSet<>();
        document.path("channels").fieldNames().forEachRemaining(described::add);

        assertEquals(
                Topics.all().stream()
                        .map(Topic::name)
                        .collect(Collectors.toCollection(TreeSet::new)),
                described);
    }

    @Test
    void namesEveryCaseOfEveryUnion() {
        assertCases(Identifier.class, "/Identifier/properties/type/enum");
        assertCases(PlaySource.class, "/PlaySource/properties/type/enum");
        assertCases(CallCommand.class, "/CallRequest/properties/command/properties/type/enum");
        assertCases(CallReply.Answer.class, "/CallReply/properties/answer/properties/type/enum");
        assertCases(SubscriberEvent.class, "/EventRecord/properties/event/properties/type/enum");
        assertCases(MediaCommand.class, "/MediaOrder/properties/command/properties/type/enum");
        assertCases(MediaEvent.class, "/MediaReport/properties/event/properties/type/enum");
        assertCases(RecordingCommand.class, "/RecordingCommand/properties/type/enum");
        assertCases(RecordingEvent.class, "/RecordingEvent/properties/type/enum");
    }

    private void assertCases(Class<?> sealed, String pointer) {
        Set<String> written = new TreeSet<>();
        document.path("components")
                .path("schemas")
                .at(pointer)
                .forEach(name -> written.add(name.asText()));
        Set<String> inCode =
                SealedCases.of(sealed)
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(inCode, written, sealed.getSimpleName());
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("../docs/asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
