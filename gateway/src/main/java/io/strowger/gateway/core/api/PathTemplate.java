package io.strowger.gateway.core.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A path with parameters, as OpenAPI writes it:
/// `/calling/callConnections/{callConnectionId}:play`. A parameter that shares its segment with a
/// verb, or could, goes up to the last colon; one that is a participant's raw id has colons of its
/// own.
public final class PathTemplate {
    private static final String RAW_ID = "participantRawId";
    private final String text;
    private final List<Segment> segments = new ArrayList<>();

    private sealed interface Segment {
        record Literal(String text) implements Segment {}

        /// @param verb with its colon; empty: none
        record Parameter(String name, String verb) implements Segment {}
    }

    PathTemplate(String text) {
        this.text = text;
        for (String part : text.substring(1).split("/", -1)) {
            int end = part.indexOf('}');
            segments.add(
                    end < 0
                            ? new Segment.Literal(part)
                            : new Segment.Parameter(
                                    part.substring(1, end), part.substring(end + 1)));
        }
    }

    /// @param path its segments, decoded
    /// @return the parameters, when the path is of this form
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 0; i < path.size(); i++) {
            if (!matches(segments.get(i), path.get(i), parameters)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static boolean matches(Segment segment, String text, Map<String, String> parameters) {
        return switch (segment) {
            case Segment.Literal(var literal) -> literal.equals(text);
            case Segment.Parameter(var name, var _) when name.equals(RAW_ID) ->
                    take(name, text, text.length(), parameters);
            case Segment.Parameter(var name, var verb) -> {
                int colon = text.lastIndexOf(':');
                int end = colon < 0 ? text.length() : colon;
                yield text.substring(end).equals(verb) && take(name, text, end, parameters);
            }
        };
    }

    private static boolean take(String name, String text, int end, Map<String, String> parameters) {
        parameters.put(name, text.substring(0, end));
        return end > 0;
    }

    /// As OpenAPI writes it.
    @Override
    public String toString() {
        return text;
    }
}
