package io.strowger.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One line of a benchmark's output.
///
/// @param name what was measured, e.g. `api.p50`
/// @param unit of `ours` and `floor`
/// @param floor the same work with no logic, in the same run; null where there is none
/// @param facts how it was taken: counts, rates, durations
record Figure(
        String name, String unit, double ours, @Nullable Double floor, Map<String, Object> facts) {
    String toJson() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("figure", name);
        fields.put("unit", unit);
        fields.put("ours", ours);
        if (floor != null) {
            fields.put("floor", floor);
            fields.put("ratio", floor == 0 ? 0.0 : ours / floor);
        }
        fields.putAll(facts);
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":" + json(field.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(Object value) {
        return switch (value) {
            case Double number -> String.format(Locale.ROOT, "%.3f", number);
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        };
    }
}
