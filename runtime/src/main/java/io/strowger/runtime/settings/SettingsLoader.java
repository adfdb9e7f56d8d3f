package io.strowger.runtime.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
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
                    file
                            + ": "
                            + e.getOriginalMessage()
                            + " at line "
                            + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw new SettingsException("cannot read the settings file " + file + ": " + e);
        }
    }

    private static void overlay(ObjectNode onto, JsonNode from, String path, String origin) {
        for (Map.Entry<String, JsonNode> field : from.properties()) {
            String key = path + field.getKey();
            JsonNode present = onto.get(field.getKey());
            if (present == null && !path.equals("kafka.client.")) {
                throw new SettingsException(origin + ": unknown key " + key + nearest(key));
            }
            if (present instanceof ObjectNode inner && field.getValue().isObject()) {
                overlay(inner, field.getValue(), key + ".", origin);
            } else if (present instanceof ObjectNode) {
                throw new SettingsException(
                        origin + ": " + key + " holds further keys, not a value");
            } else {
                onto.set(field.getKey(), field.getValue());
            }
        }
    }

    private static String nearest(String key) {
        String wanted = key.toLowerCase(Locale.ROOT);
        return environmentKeys(defaults(), "").values().stream()
                .min(
                        java.util.Comparator.comparingInt(
                                known -> distance(wanted, known.toLowerCase(Locale.ROOT))))
                .filter(known -> distance(wanted, known.toLowerCase(Locale.ROOT)) <= 4)
                .map(known -> "; did you mean " + known + "?")
                .orElse("");
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
                            + nearest(variable.substring(PREFIX.length()).replace('_', '.')));
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
            throw new SettingsException(variable + " is not YAML: " + e.getOriginalMessage());
        }
    }

    private static Settings convert(ObjectNode tree) {
        try {
            return YAML.treeToValue(tree, Settings.class);
        } catch (JsonMappingException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SettingsException refused) {
                    throw refused;
                }
            }
            String key =
                    e.getPath().stream()
                            .map(step ->
                                    step.getFieldName() == null
                                            ? String.valueOf(step.getIndex())
                                            : step.getFieldName())
                            .collect(Collectors.joining("."));
            throw new SettingsException(key + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new SettingsException(e.getOriginalMessage());
        }
    }

    private static ObjectMapper yaml() {
        SimpleModule module = new SimpleModule("strowger-settings");
        module.addDeserializer(Duration.class, new DurationText());
        module.addDeserializer(Secret.class, new SecretText());
        return YAMLMapper.builder(new YAMLFactory())
                .addModule(module)
                .enable(
                        com.fasterxml.jackson.databind.DeserializationFeature
                                .FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(
                        com.fasterxml.jackson.databind.DeserializationFeature
                                .FAIL_ON_NULL_FOR_PRIMITIVES)
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
            return Durations.parse(parser.getValueAsString(""));
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
            return new Secret(parser.getValueAsString(""));
        }
    }
}
