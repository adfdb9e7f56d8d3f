package io.strowger.gateway.shell.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strowger.gateway.core.api.Refusal;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON bodies as maps, lists, text, numbers and booleans, and back. Refuses what is not exactly
/// one value in UTF-8: text behind it, a member twice, more than 50 levels.
final class JsonBodies {
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(50)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
    private static final ObjectReader READER = MAPPER.readerFor(Object.class);
    private static final ObjectWriter WRITER = MAPPER.writerFor(Map.class);

    private JsonBodies() {}

    /// @return null when there is no body
    static @Nullable Object read(byte[] body) throws Refusal {
        if (body.length == 0) {
            return null;
        }
        try {
            return READER.readValue(body);
        } catch (JsonProcessingException e) {
            throw Refusal.invalid("The request body is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Refusal.invalid("The request body is no JSON: " + e.getMessage());
        }
    }

    static byte[] write(Map<String, Object> json) {
        try {
            return WRITER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a response that has no JSON form", e);
        }
    }
}
