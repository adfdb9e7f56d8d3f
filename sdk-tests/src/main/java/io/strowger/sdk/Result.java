package io.strowger.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What one version of an SDK came to.
///
/// @param methods every public method of its clients
/// @param checks what was called for which operation
/// @param events types that came and that its parser understood, without their prefix
/// @param knownEvents types that its parser knows
record Result(
        Sdk sdk,
        String apiVersion,
        List<String> methods,
        List<Check> checks,
        Set<String> events,
        Set<String> knownEvents,
        List<String> failures) {
    /// How a call came out.
    enum State {
        PASSED,
        /// As it should be: the platform does not serve it and said so.
        REFUSED,
        FAILED
    }

    /// One method for one operation.
    ///
    /// @param operation an `ApiOperation`; empty: the method makes no request
    record Check(String method, String operation, State state) {}

    static Result read(Sdk sdk) throws IOException {
        JsonNode json = new ObjectMapper().readTree(Files.readString(sdk.result()));
        List<Check> checks = new ArrayList<>();
        for (JsonNode check : json.path("checks")) {
            checks.add(
                    new Check(
                            check.path("method").asText(),
                            check.path("operation").asText(""),
                            State.valueOf(check.path("state").asText().toUpperCase(Locale.ROOT))));
        }
        return new Result(
                sdk,
                json.path("apiVersion").asText(),
                texts(json.path("methods")),
                checks,
                new TreeSet<>(texts(json.path("events"))),
                new TreeSet<>(texts(json.path("knownEvents"))),
                texts(json.path("failures")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    /// The worst of that operation's checks.
    Optional<State> of(String operation) {
        return checks.stream()
                .filter(check -> check.operation().equals(operation))
                .map(Check::state)
                .max(Comparator.naturalOrder());
    }

    long methodsIn(State state) {
        return methods.stream()
                .filter(method ->
                        checks.stream()
                                .filter(check -> check.method().equals(method))
                                .map(Check::state)
                                .max(Comparator.naturalOrder())
                                .filter(state::equals)
                                .isPresent())
                .count();
    }

    String summary() {
        return "%s: %d methods: %d passed, %d refused as they should be, %d failed; %d of %d types of events came"
                .formatted(
                        sdk,
                        methods.size(),
                        methodsIn(State.PASSED),
                        methodsIn(State.REFUSED),
                        methodsIn(State.FAILED),
                        events.size(),
                        knownEvents.size());
    }
}
