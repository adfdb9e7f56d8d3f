package io.strowger.orchestrator.core.directory;

import java.util.List;

/// Which numbers outside this installation may be rung at all: the longest prefix that a number
/// begins with decides. Users are not numbers, and are always allowed.
///
/// @param allowed empty: all that a trunk leads to
/// @param denied e.g. numbers that cost a premium; where both are as long, denied counts
public record DialPlan(List<String> allowed, List<String> denied) {
    public DialPlan {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }

    /// Nothing is denied.
    public static DialPlan open() {
        return new DialPlan(List.of(), List.of());
    }

    /// @param number as somebody wrote it: a trunk may take it without its plus sign, so leaving
    ///   that out must not lead past this
    public boolean permits(String number) {
        String international = international(number);
        int allowedBy = allowed.isEmpty() ? 0 : longest(allowed, international);
        int deniedBy = longest(denied, international);
        return allowedBy >= 0 && allowedBy > deniedBy;
    }

    private static String international(String number) {
        if (number.startsWith("+")) {
            return number;
        }
        return number.startsWith("00") ? "+" + number.substring(2) : "+" + number;
    }

    /// -1: none of them.
    private static int longest(List<String> prefixes, String number) {
        return prefixes.stream()
                .filter(number::startsWith)
                .mapToInt(String::length)
                .max()
                .orElse(-1);
    }
}
