package io.strowger.worker.core.leg;

import io.strowger.contracts.media.MediaEvent;
import java.util.ArrayList;
import java.util.List;

/// What comes of one input.
///
/// @param acts to be done first, in order
/// @param facts to be reported then, in order
public record LegDecision(LegState state, List<LegAct> acts, List<MediaEvent> facts) {
    public LegDecision {
        acts = List.copyOf(acts);
        facts = List.copyOf(facts);
    }

    static LegDecision to(LegState state, LegAct... acts) {
        return new LegDecision(state, List.of(acts), List.of());
    }

    LegDecision and(LegAct... further) {
        List<LegAct> all = new ArrayList<>(acts);
        all.addAll(List.of(further));
        return new LegDecision(state, all, facts);
    }

    LegDecision reporting(MediaEvent fact) {
        List<MediaEvent> all = new ArrayList<>(facts);
        all.add(fact);
        return new LegDecision(state, acts, all);
    }

    /// This decision with other facts.
    LegDecision telling(List<MediaEvent> others) {
        return new LegDecision(state, acts, others);
    }

    /// This decision, then what `next` decides about its state.
    LegDecision thenWith(java.util.function.Function<LegState, LegDecision> next) {
        return then(next.apply(state));
    }

    /// This decision, then `next` on its state.
    LegDecision then(LegDecision next) {
        List<LegAct> allActs = new ArrayList<>(acts);
        allActs.addAll(next.acts());
        List<MediaEvent> allFacts = new ArrayList<>(facts);
        allFacts.addAll(next.facts());
        return new LegDecision(next.state(), allActs, allFacts);
    }
}
