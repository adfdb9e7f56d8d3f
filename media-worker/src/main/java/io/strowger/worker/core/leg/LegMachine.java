package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.worker.core.leg.LegState.Adopting;
import io.strowger.worker.core.leg.LegState.Answering;
import io.strowger.worker.core.leg.LegState.Calling;
import io.strowger.worker.core.leg.LegState.Idle;
import io.strowger.worker.core.leg.LegState.Offered;
import io.strowger.worker.core.leg.LegState.Over;
import io.strowger.worker.core.leg.LegState.Released;
import io.strowger.worker.core.leg.LegState.Seeking;
import io.strowger.worker.core.leg.LegState.Talking;
import java.util.Set;

/// Decides about one leg: `(state, input) -> (state, acts, facts)`. Total: every input has an
/// answer in every state, and each leg reports exactly one `LegEnded`, or `LegReleased` instead.
/// Called from the mailbox of the leg's call, one input at a time; holds nothing itself.
public final class LegMachine {
    private LegMachine() {}

    /// A leg that was not ordered yet.
    public static LegState initial() {
        return new Idle();
    }

    /// Whether the leg was reported as ended, or given away.
    public static boolean isOver(LegState state) {
        return state instanceof Over || state instanceof Released;
    }

    /// Whether nobody but this worker can settle it: it has not been reported as answered, so that
    /// no other worker was told of a dialog to carry on; or it is over, and what comes late is
    /// answered.
    public static boolean isOurs(LegState state) {
        return switch (state) {
            case Seeking _, Calling _, Offered _, Answering _, Over _ -> true;
            case Idle _, Adopting _, Talking _, Released _ -> false;
        };
    }

    /// @return what to do and to report; the same state and nothing for inputs that come too late
    public static LegDecision decide(LegState state, LegInput input) {
        if (input instanceof LegInput.Release && !(state instanceof Talking)) {
            return decide(state, new LegInput.HangUp(Cause.LOCAL_HANG_UP, "given away too early"));
        }
        return switch (state) {
            case Idle _ -> idle(state, input);
            case Seeking seeking -> seeking(seeking, input);
            case Calling calling -> CallingPhase.decide(calling, input);
            case Offered offered -> OfferedPhase.decide(offered, input);
            case Answering answering -> AnsweringPhase.decide(answering, input);
            case Adopting adopting -> AdoptingPhase.decide(adopting, input);
            case Talking talking -> TalkingPhase.decide(talking, input);
            case Released released -> ReleasedPhase.decide(released, input);
            case Over over -> OverPhase.decide(over, input);
        };
    }

    private static LegDecision idle(LegState state, LegInput input) {
        return switch (input) {
            case LegInput.Ring(LegPlan plan) ->
                    LegDecision.to(
                            new Seeking(plan, Set.of(), null, Trail.EMPTY),
                            new LegAct.Schedule(LegTimer.RING, plan.dial().ringTimeout()),
                            new LegAct.SeekTrunk(plan.dial().target(), Set.of()));
            case LegInput.Arrive arrival -> OfferedPhase.begin(arrival);
            case LegInput.Adopt adoption -> AdoptingPhase.begin(adoption);
            case LegInput.TrunkGranted(var trunk, _) ->
                    LegDecision.to(state, new LegAct.ReleaseTrunk(trunk.name()));
            case LegInput.TrunkRefused _,
                    LegInput.Order _,
                    LegInput.Media _,
                    LegInput.HangUp _,
                    LegInput.Heard _,
                    LegInput.Fired _ ->
                    LegDecision.to(state);
        };
    }

    private static LegDecision seeking(Seeking state, LegInput input) {
        return switch (input) {
            case LegInput.TrunkGranted granted -> CallingPhase.begin(state, granted);
            case LegInput.TrunkRefused(var cause, var reason) ->
                    Endings.withoutDialog(
                            state,
                            state.failure() == null
                                    ? new LegEnd(cause, 0, reason)
                                    : state.failure());
            case LegInput.HangUp(var cause, var reason) ->
                    Endings.withoutDialog(state, new LegEnd(cause, 487, reason));
            case LegInput.Fired(var timer) when timer == LegTimer.RING ->
                    Endings.withoutDialog(state, Endings.NO_ANSWER);
            case LegInput.Heard(var signal) -> Strays.heard(state, state.trail(), signal);
            case LegInput.Start _, LegInput.Order _, LegInput.Media _, LegInput.Fired _ ->
                    LegDecision.to(state);
        };
    }

    /// The report for a refusal with a final status.
    static LegEnd refusal(int status, String reason) {
        return switch (status) {
            case 408 -> new LegEnd(Cause.NO_ANSWER, status, reason);
            default -> new LegEnd(Cause.REFUSED, status, reason);
        };
    }
}
