package io.strowger.gateway.shell.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The published description says what is served.
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "post", "delete", "put", "patch");
    private final JsonNode document = read();

    @Test
    void describesEveryOperationThatIsServedAndNoOther() {
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .fieldNames()
                                .forEachRemaining(method -> {
                                    if (METHODS.contains(method)) {
                                        described.add(method + " " + path.getKey());
                                    }
                                }));
        Set<String> served =
                Endpoints.served().stream()
                        .map(one -> one.method().toLowerCase(Locale.ROOT) + " " + one.template())
                        .collect(Collectors.toCollection(TreeSet::new));
        List.of(
                        PublicDocuments.KEYS,
                        PublicDocuments.ACS_OPENID,
                        PublicDocuments.OPENID,
                        PublicDocuments.OPENAPI)
                .forEach(path -> served.add("get " + path));

        assertEquals(served, described);
    }

    @Test
    void refersOnlyToWhatItHas() {
        List<String> references = document.findValuesAsText("$ref");

        assertFalse(references.isEmpty());
        for (String reference : references) {
            assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
        }
    }

    @Test
    void saysWhichLineEachOperationBelongsTo() {
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation ->
                                        assertTrue(
                                                operation.getValue().path("tags").size() > 0
                                                        || !METHODS.contains(operation.getKey()),
                                                path.getKey())));
        assertEquals("3.1.0", document.path("openapi").asText());
    }

    private static JsonNode read() {
        try (var file = OpenApiTest.class.getResourceAsStream("/openapi.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
