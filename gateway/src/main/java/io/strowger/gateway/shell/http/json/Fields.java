package io.strowger.gateway.shell.http.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An object of a request's body, read strictly: a wrong type or range is refused with the path of
/// the field; null and absent are the same; unknown fields are passed over.
public final class Fields {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_URI = 2048;
    private static final ObjectReader READER =
            JsonMapper.builder(
                            com.fasterxml.jackson.core.JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .reader();
    private final JsonNode node;
    private final String path;

    private Fields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /// @param body UTF-8 JSON
    public static Fields of(byte[] body) throws Refusal {
        try {
            JsonNode tree = READER.readTree(body);
            if (tree == null || !tree.isObject()) {
                throw Refusal.invalid("The body must be a JSON object.");
            }
            return new Fields(tree, "");
        } catch (JsonProcessingException e) {
            throw Refusal.invalid(
                    "The body is not valid JSON: "
                            + e.getOriginalMessage()
                            + " (line "
                            + e.getLocation().getLineNr()
                            + ", column "
                            + e.getLocation().getColumnNr()
                            + ")");
        } catch (IOException e) {
            throw Refusal.invalid("The body is not UTF-8 JSON.");
        }
    }

    /// As [#of], with an empty body read as an object without fields.
    public static Fields ofOptional(byte[] body) throws Refusal {
        return body.length == 0 ? of(new byte[] {'{', '}'}) : of(body);
    }

    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /// @param maxLength in characters
    public String text(String name, int maxLength) throws Refusal {
        String text = optionalText(name, maxLength);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    public @Nullable String optionalText(String name, int maxLength) throws Refusal {
        if (!has(name)) {
            return null;
        }
        JsonNode value = node.get(name);
        if (!value.isTextual()) {
            throw wrong(name, "must be a string");
        }
        if (value.textValue().length() > maxLength) {
            throw wrong(name, "must have at most " + maxLength + " characters");
        }
        return value.textValue();
    }

    public boolean flag(String name, boolean otherwise) throws Refusal {
        if (!has(name)) {
            return otherwise;
        }
        if (!node.get(name).isBoolean()) {
            throw wrong(name, "must be true or false");
        }
        return node.get(name).booleanValue();
    }

    /// @return null when absent
    public @Nullable Integer integer(String name, int min, int max) throws Refusal {
        if (!has(name)) {
            return null;
        }
        JsonNode value = node.get(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(name, "must be a whole number");
        }
        if (value.intValue() < min || value.intValue() > max) {
            throw wrong(name, "must be " + min + ".." + max);
        }
        return value.intValue();
    }

    public Fields object(String name) throws Refusal {
        Fields object = optionalObject(name);
        if (object == null) {
            throw missing(name);
        }
        return object;
    }

    public @Nullable Fields optionalObject(String name) throws Refusal {
        if (!has(name)) {
            return null;
        }
        if (!node.get(name).isObject()) {
            throw wrong(name, "must be an object");
        }
        return new Fields(node.get(name), path + name + ".");
    }

    /// @return empty when absent
    public List<Fields> objects(String name, int most) throws Refusal {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array(name, most)) {
            String at = name + "[" + objects.size() + "]";
            if (!element.isObject()) {
                throw wrong(at, "must be an object");
            }
            objects.add(new Fields(element, path + at + "."));
        }
        return objects;
    }

    /// @return empty when absent
    public List<String> texts(String name, int most) throws Refusal {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name, most)) {
            if (!element.isTextual()) {
                throw wrong(name + "[" + texts.size() + "]", "must be a string");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private Iterable<JsonNode> array(String name, int most) throws Refusal {
        if (!has(name)) {
            return List.of();
        }
        JsonNode value = node.get(name);
        if (!value.isArray()) {
            throw wrong(name, "must be an array");
        }
        if (value.size() > most) {
            throw wrong(name, "must have at most " + most + " elements");
        }
        return value;
    }

    /// An absolute http or https URI.
    public URI webUri(String name) throws Refusal {
        URI uri = optionalWebUri(name);
        if (uri == null) {
            throw missing(name);
        }
        return uri;
    }

    public @Nullable URI optionalWebUri(String name) throws Refusal {
        URI uri = optionalUri(name);
        if (uri != null && !uri.getScheme().startsWith("http")) {
            throw wrong(name, "must be an absolute http or https URI");
        }
        return uri;
    }

    /// An absolute http, https or file URI.
    public URI mediaUri(String name) throws Refusal {
        URI uri = optionalUri(name);
        if (uri == null) {
            throw missing(name);
        }
        return uri;
    }

    private @Nullable URI optionalUri(String name) throws Refusal {
        String text = optionalText(name, MAX_URI);
        if (text == null) {
            return null;
        }
        try {
            URI uri = URI.create(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            if ((web && uri.getHost() != null && uri.getUserInfo() == null)
                    || (scheme.equals("file") && uri.getPath() != null)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(name, "is not a URI");
        }
        throw wrong(name, "must be an absolute http or https URI");
    }

    /// What is wrong with a field of this object.
    public Refusal wrong(String name, String what) {
        return Refusal.invalid("'" + path + name + "' " + what + ".");
    }

    public Refusal missing(String name) {
        return Refusal.invalid("'" + path + name + "' is required.");
    }
}
