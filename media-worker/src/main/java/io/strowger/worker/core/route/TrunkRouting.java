package io.strowger.worker.core.route;

import io.strowger.contracts.api.Identifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Chooses the trunks for a target: the longest matching prefix first, then the order of
/// configuration.
public final class TrunkRouting {
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,20}");
    private final List<Trunk> trunks;

    public TrunkRouting(List<Trunk> trunks) {
        this.trunks = List.copyOf(trunks);
    }

    /// The trunks to be tried, in order; empty: nobody can ring this target.
    public List<Trunk> candidates(Identifier target) {
        return switch (target) {
            case Identifier.PhoneNumber(String number) when NUMBER.matcher(number).matches() ->
                    byPrefix(number);
            case Identifier.PhoneNumber _, Identifier.CommunicationUser _, Identifier.Other _ ->
                    List.of();
        };
    }

    private List<Trunk> byPrefix(String number) {
        record Match(Trunk trunk, int length) {}
        List<Match> matches = new ArrayList<>();
        for (Trunk trunk : trunks) {
            longestPrefix(trunk, number).ifPresent(length -> matches.add(new Match(trunk, length)));
        }
        return matches.stream()
                .sorted(Comparator.comparingInt(Match::length).reversed())
                .map(Match::trunk)
                .toList();
    }

    private static OptionalInt longestPrefix(Trunk trunk, String number) {
        if (trunk.prefixes().isEmpty()) {
            return OptionalInt.of(0);
        }
        return trunk.prefixes().stream().filter(number::startsWith).mapToInt(String::length).max();
    }
}
