package io.strowger.runtime.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds a tree of settings against the records that it is to become: which keys there are, and
/// which must have a value. A component that may be left out is `@Nullable`.
final class Layout {
    private Layout() {}

    /// @throws SettingsException naming the first key that is unknown or has no value
    static void check(JsonNode tree, Class<?> wanted) {
        record(tree, wanted, "");
    }

    private static void record(JsonNode tree, Class<?> wanted, String path) {
        RecordComponent[] components = wanted.getRecordComponents();
        List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            if (!names.contains(field.getKey())) {
                throw new SettingsException(
                        "unknown key "
                                + path
                                + field.getKey()
                                + ": allowed is "
                                + String.join(", ", names));
            }
        }
        for (RecordComponent component : components) {
            component(tree.get(component.getName()), component, path, names);
        }
    }

    private static void component(
            @Nullable JsonNode value, RecordComponent component, String path, List<String> names) {
        String key = path + component.getName();
        if (value == null || value.isNull()) {
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw new SettingsException(
                        key
                                + " has no value"
                                + (path.endsWith("].")
                                        ? ": an entry has " + String.join(", ", names)
                                        : ""));
            }
            return;
        }
        Class<?> type = component.getType();
        if (type.isRecord() && type != Secret.class) {
            record(value, type, key + ".");
        } else if (Collection.class.isAssignableFrom(type)) {
            list(value, component, key);
        }
    }

    private static void list(JsonNode value, RecordComponent component, String key) {
        if (!value.isArray()) {
            throw new SettingsException(key + " is " + shown(value) + ": allowed is a list");
        }
        if (component.getGenericType() instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> entry
                && entry.isRecord()
                && entry != Secret.class) {
            for (int i = 0; i < value.size(); i++) {
                String at = key + "[" + i + "]";
                if (!value.get(i).isObject()) {
                    throw new SettingsException(
                            at
                                    + " is "
                                    + shown(value.get(i))
                                    + ": allowed is an entry with "
                                    + Arrays.stream(entry.getRecordComponents())
                                            .map(RecordComponent::getName)
                                            .collect(Collectors.joining(", ")));
                }
                record(value.get(i), entry, at + ".");
            }
        }
    }

    /// A value for people. What holds further keys may hold a secret.
    static String shown(JsonNode value) {
        if (value.isValueNode()) {
            return value.asText().isEmpty() ? "empty" : value.asText();
        }
        return value.isArray() ? "a list" : "a value with further keys";
    }
}
