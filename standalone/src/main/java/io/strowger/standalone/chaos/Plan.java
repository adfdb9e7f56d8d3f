package io.strowger.standalone.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// What is to be tried.
///
/// @param rounds how often each fault comes, at least 1
public record Plan(
        Set<Fault> faults, Set<CallState> states, Set<LegKind> legs, int rounds, long seed) {
    private static final Duration START = Duration.ofSeconds(40);
    private static final Duration ROUND = Duration.ofSeconds(25);

    public Plan {
        if (faults.isEmpty() || states.isEmpty() || legs.isEmpty() || rounds < 1) {
            throw new IllegalArgumentException(
                    "at least one fault, one state, one leg kind and one round");
        }
        faults = Set.copyOf(faults);
        states = Set.copyOf(states);
        legs = Set.copyOf(legs);
    }

    /// Every fault once, for calls in every state over every kind of leg.
    public static Plan everything(long seed) {
        return new Plan(
                EnumSet.allOf(Fault.class),
                EnumSet.allOf(CallState.class),
                EnumSet.allOf(LegKind.class),
                1,
                seed);
    }

    /// The faults in the order that the seed gives, round after round.
    List<Fault> order(Random random) {
        List<Fault> order = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            List<Fault> once = new ArrayList<>(EnumSet.copyOf(faults));
            Collections.shuffle(once, random);
            order.addAll(once);
        }
        return order;
    }

    /// How long it takes on a machine of two quiet cores.
    public Duration estimate() {
        return START.plus(ROUND.multipliedBy((long) faults.size() * rounds));
    }

    /// How many calls it places.
    public int calls() {
        return faults.size() * states.size() * legs.size() * rounds;
    }
}
