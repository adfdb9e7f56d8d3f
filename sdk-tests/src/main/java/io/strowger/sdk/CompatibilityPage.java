package io.strowger.sdk;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.sdk.Result.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The tables of `docs/azure-compat.md`, from what the SDKs came to and nothing else.
final class CompatibilityPage {
    private static final String START = "<!-- from the results of the SDKs' tests: start -->\n";
    private static final String END = "<!-- from the results of the SDKs' tests: end -->";
    private final List<Result> results;

    CompatibilityPage(List<Result> results) {
        this.results = results;
    }

    /// @param page as it is: what stands outside of the marks stays
    /// @throws IllegalArgumentException the page has no marks
    String in(String page) {
        int from = page.indexOf(START);
        int to = page.indexOf(END);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("docs/azure-compat.md has lost its marks");
        }
        return page.substring(0, from + START.length()) + tables() + page.substring(to);
    }

    private String tables() {
        return methods() + "\n" + operations() + "\n" + events();
    }

    private String methods() {
        StringBuilder table = new StringBuilder("### Methods\n\n");
        row(table, List.of("SDK", "api-version", "methods", "passed", "refused"));
        rule(table, 5);
        for (Result result : results) {
            row(
                    table,
                    List.of(
                            result.sdk().toString(),
                            result.apiVersion(),
                            Integer.toString(result.methods().size()),
                            Long.toString(result.methodsIn(State.PASSED)),
                            Long.toString(result.methodsIn(State.REFUSED))));
        }
        return table.toString();
    }

    /// The 2021 line has no SDK that can be had, so it is not on this page.
    private String operations() {
        StringBuilder table = new StringBuilder("### Operations\n\n");
        row(table, heads("operation"));
        rule(table, versions().size() + 1);
        for (ApiOperation operation : ApiOperation.values()) {
            if (!operation.since().isPreview2021()) {
                List<String> cells = new ArrayList<>(List.of(name(operation)));
                versions().forEach(version -> cells.add(cell(operation, version)));
                row(table, cells);
            }
        }
        return table.toString();
    }

    private static String name(ApiOperation operation) {
        return operation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private String cell(ApiOperation operation, ApiVersion version) {
        if (!version.isAtLeast(operation.since())) {
            return "";
        }
        return results.stream()
                .filter(result -> result.sdk().apiVersion() == version)
                .map(result -> result.of(operation.name()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(CompatibilityPage::word)
                .orElse("-");
    }

    private static String word(State state) {
        return switch (state) {
            case PASSED -> "yes";
            case REFUSED -> "refused";
            case FAILED -> "**no**";
        };
    }

    private String events() {
        Set<String> types = new TreeSet<>();
        results.forEach(result -> types.addAll(result.knownEvents()));
        StringBuilder table = new StringBuilder("### Events\n\n");
        row(table, heads("event"));
        rule(table, versions().size() + 1);
        for (String type : types) {
            List<String> cells = new ArrayList<>(List.of(type));
            for (ApiVersion version : versions()) {
                cells.add(cell(type, version));
            }
            row(table, cells);
        }
        return table.toString();
    }

    private String cell(String type, ApiVersion version) {
        List<Result> ofVersion =
                results.stream().filter(one -> one.sdk().apiVersion() == version).toList();
        if (ofVersion.stream().anyMatch(one -> one.events().contains(type))) {
            return "yes";
        }
        return ofVersion.stream().anyMatch(one -> one.knownEvents().contains(type)) ? "-" : "";
    }

    private List<String> heads(String first) {
        List<String> heads = new ArrayList<>(List.of(first));
        versions().forEach(version -> heads.add(version.wire()));
        return heads;
    }

    private static List<ApiVersion> versions() {
        return Arrays.stream(Sdk.values()).map(Sdk::apiVersion).distinct().sorted().toList();
    }

    private static void row(StringBuilder table, List<String> cells) {
        table.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static void rule(StringBuilder table, int columns) {
        table.append("|").append(" --- |".repeat(columns)).append("\n");
    }
}
