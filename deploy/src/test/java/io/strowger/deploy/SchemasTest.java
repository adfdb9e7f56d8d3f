package io.strowger.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The published schemas describe the records that there are, down to every field.
class SchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"call.events", "call.records"})
    void everyGoldenRecordFollowsItsSchemaAndHasNoFieldBesides(String topic) throws IOException {
        String schema = StrictModels.closed(schema(topic)).toString();
        List<String> golden = golden(topic);

        for (String record : golden) {
            assertEquals(List.of(), StrictModels.schemaFaults(schema, record), record);
        }
        assertFalse(golden.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"call.events", "call.records"})
    void fieldsOfALaterVersionAreAllowed(String topic) throws IOException {
        String later = golden(topic).getFirst().replaceFirst("\\{", "{\"ofALaterVersion\":1,");

        assertEquals(List.of(), StrictModels.schemaFaults(schema(topic).toString(), later));
    }

    @Test
    void aRecordWithoutItsCallIsNone() throws IOException {
        String without = golden("call.records").getFirst().replaceFirst("\"call\":\"[^\"]*\",", "");

        assertFalse(
                StrictModels.schemaFaults(schema("call.records").toString(), without).isEmpty());
    }

    @Test
    void theStatesOfACallAreThoseOfTheCode() throws IOException {
        String code =
                Yaml.text(
                        Yaml.root()
                                .resolve(
                                        "call-orchestrator/src/main/java/io/strowger/orchestrator/core/call/CallState.java"));
        Set<String> inCode = new TreeSet<>();
        Pattern.compile("(?m)^    record (\\w+)\\(")
                .matcher(code)
                .results()
                .forEach(hit -> inCode.add(hit.group(1)));
        Set<String> written = new TreeSet<>();
        schema("call.state")
                .at("/properties/type/enum")
                .forEach(name -> written.add(name.asText()));

        assertTrue(inCode.size() > 5, inCode.toString());
        assertEquals(inCode, written);
    }

    private static JsonNode schema(String topic) throws IOException {
        return JSON.readTree(
                Yaml.root().resolve("docs/schemas/" + topic + ".schema.json").toFile());
    }

    private static List<String> golden(String topic) {
        return Yaml.text(Path.of("..", "contracts/src/test/resources/golden", topic + ".jsonl"))
                .lines()
                .toList();
    }
}
