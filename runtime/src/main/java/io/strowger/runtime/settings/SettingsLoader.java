package io.strowger.runtime.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads [Settings]: the defaults, a file over them, the environment over both.
public final class SettingsLoader {
    private static final String PREFIX = "STROWGER_";
    private static final ObjectMapper YAML = yaml();
    private static final Map<Class<?>, String> ALLOWED =
            Map.of(
                    int.class, "a whole number",
                    Integer.class, "a whole number",
                    short.class, "a whole number up to 32767",
                    boolean.class, "true or false",
                    Duration.class, "a duration such as PT30S, 30s, 500ms, 10m or 24h",
                    URI.class, "a URL",
                    String.class, "text");

    private SettingsLoader() {}

    /// @param file null: defaults and environment only
    /// @param environment all of the process's variables; those that do not begin with `STROWGER_`
    ///   are passed over
    /// @throws SettingsException with a message for people, naming the key
    public static Settings load(@Nullable Path file, Map<String, String> environment) {
        ObjectNode defaults = defaults();
        ObjectNode tree = defaults.deepCopy();
        if (file != null) {
            overlay(tree, read(file), "", file.toString());
        }
        Map<String, String> keys = environmentKeys(defaults, "");
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            if (variable.getKey().startsWith(PREFIX)) {
                apply(tree, keys, variable.getKey(), variable.getValue());
            }
        }
        return convert(tree);
    }

    private static ObjectNode defaults() {
        try (InputStream in = SettingsLoader.class.getResourceAsStream("/strowger-defaults.yaml")) {
            return (ObjectNode) YAML.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("the defaults are part of the program", e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            JsonNode tree = YAML.readTree(Files.readString(file));
            if (tree.isMissingNode() || tree.isNull()) {
                return YAML.createObjectNode();
            }
            if (!tree.isObject()) {
                throw new SettingsException(file + ": a settings file holds keys and values");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new SettingsException(
                    file + ": " + firstLine(e) + " at line " + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw new SettingsException("cannot read the settings file " + file + ": " + e);
        }
    }

    private static void overlay(ObjectNode onto, JsonNode from, String path, String origin) {
        for (Map.Entry<String, JsonNode> field : from.properties()) {
            String key = path + field.getKey();
            JsonNode present = onto.get(field.getKey());
            if (present == null && !path.equals("kafka.client.")) {
                throw new SettingsException(
                        origin + ": unknown key " + key + nearest(key, onto, path));
            }
            if (present instanceof ObjectNode inner && field.getValue().isObject()) {
                overlay(inner, field.getValue(), key + ".", origin);
            } else if (present instanceof ObjectNode inner) {
                throw new SettingsException(
                        origin
                                + ": "
                                + key
                                + " holds further keys, not a value: allowed is "
                                + names(inner));
            } else {
                onto.set(field.getKey(), field.getValue());
            }
        }
    }

    /// What may have been meant, or else what there is at that place.
    private static String nearest(String key, ObjectNode there, String path) {
        String wanted = key.toLowerCase(Locale.ROOT);
        return environmentKeys(defaults(), "").values().stream()
                .min(
                        java.util.Comparator.comparingInt(
                                known -> distance(wanted, known.toLowerCase(Locale.ROOT))))
                .filter(known -> distance(wanted, known.toLowerCase(Locale.ROOT)) <= 4)
                .map(known -> "; did you mean " + known + "?")
                .orElseGet(() ->
                        ": allowed is "
                                + names(there)
                                + (path.isEmpty() ? "" : " in " + path.replaceAll("\\.$", "")));
    }

    private static String names(ObjectNode there) {
        return there.properties().stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
    }

    /// Levenshtein distance.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    /// Variable name without the prefix to dotted key, for every leaf of the defaults.
    private static Map<String, String> environmentKeys(JsonNode tree, String path) {
        Map<String, String> keys = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            String key = path + field.getKey();
            if (field.getValue().isObject() && !field.getValue().isEmpty()) {
                keys.putAll(environmentKeys(field.getValue(), key + "."));
            } else {
                keys.put(key.toUpperCase(Locale.ROOT).replace('.', '_'), key);
            }
        }
        return keys;
    }

    private static void apply(
            ObjectNode tree, Map<String, String> keys, String variable, String value) {
        String key = keys.get(variable.substring(PREFIX.length()));
        if (key == null) {
            throw new SettingsException(
                    "unknown variable "
                            + variable
                            + nearest(
                                    variable.substring(PREFIX.length()).replace('_', '.'),
                                    tree,
                                    ""));
        }
        String[] path = key.split("\\.");
        ObjectNode parent = tree;
        for (int i = 0; i < path.length - 1; i++) {
            parent = (ObjectNode) parent.get(path[i]);
        }
        String leaf = path[path.length - 1];
        JsonNode present = parent.get(leaf);
        parent.set(
                leaf,
                present.isArray() || present.isObject()
                        ? structure(variable, value, present)
                        : TextNode.valueOf(value));
    }

    private static JsonNode structure(String variable, String value, JsonNode present) {
        try {
            JsonNode parsed = YAML.readTree(value);
            if (present.isArray() && !parsed.isArray()) {
                var list = YAML.createArrayNode();
                for (String item : value.split(",")) {
                    if (!item.isBlank()) {
                        list.add(item.strip());
                    }
                }
                return list;
            }
            return parsed;
        } catch (JsonProcessingException e) {
            throw new SettingsException(variable + " is not YAML: " + firstLine(e));
        }
    }

    /// The parser shows the text around a fault in the lines after the first: it may hold secrets.
    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("");
    }

    private static Settings convert(ObjectNode tree) {
        Layout.check(tree, Settings.class);
        try {
            Settings settings = YAML.treeToValue(tree, Settings.class);
            Contradictions.check(settings);
            return settings;
        } catch (JsonMappingException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SettingsException refused) {
                    throw refused;
                }
            }
            throw new SettingsException(misfit(tree, e));
        } catch (JsonProcessingException e) {
            throw new SettingsException(firstLine(e));
        }
    }

    /// A value of another type than its key has.
    private static String misfit(JsonNode tree, JsonMappingException e) {
        StringBuilder key = new StringBuilder();
        JsonNode value = tree;
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                key.append('[').append(step.getIndex()).append(']');
                value = value.path(step.getIndex());
            } else {
                key.append(key.isEmpty() ? "" : ".").append(step.getFieldName());
                value = value.path(step.getFieldName());
            }
        }
        Class<?> type =
                e instanceof MismatchedInputException misfit && misfit.getTargetType() != null
                        ? misfit.getTargetType()
                        : Object.class;
        String shown = type == Secret.class ? "***" : Layout.shown(value);
        return key + " is " + shown + ": allowed is " + ALLOWED.getOrDefault(type, "a value");
    }

    private static ObjectMapper yaml() {
        SimpleModule module = new SimpleModule("strowger-settings");
        module.addDeserializer(Duration.class, new DurationText());
        module.addDeserializer(Secret.class, new SecretText());
        return YAMLMapper.builder(new YAMLFactory())
                .addModule(module)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    private static final class DurationText extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationText() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            String text = parser.getValueAsString();
            Duration duration = text == null ? null : Durations.parse(text);
            if (duration == null) {
                throw InvalidFormatException.from(
                        parser, "no duration", String.valueOf(text), Duration.class);
            }
            return duration;
        }
    }

    private static final class SecretText extends StdScalarDeserializer<Secret> {
        private static final long serialVersionUID = 1L;

        SecretText() {
            super(Secret.class);
        }

        @Override
        public Secret deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            String text = parser.getValueAsString();
            if (text == null) {
                throw InvalidFormatException.from(parser, "no text", "***", Secret.class);
            }
            return new Secret(text);
        }
    }
}
