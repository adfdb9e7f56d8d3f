package io.strowger.worker.core.fork;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Decides about a leg that rings at several places at once (as RFC 3261 16.7 has it for a proxy):
/// the first branch to answer is the leg and the others are hung up, which acknowledges and ends a
/// 2xx that comes all the same; a branch that refuses stops no other, unless it speaks for all of
/// them (6xx); when all have refused the best refusal is the leg's end. Total; holds nothing
/// itself. Called from the mailbox of the leg's call.
public final class Fork {
    private static final Comparator<LegEnd> BEST_FIRST =
            Comparator.comparingInt(Fork::rank).thenComparingInt(Fork::ownWord);

    private Fork() {}

    /// What comes of one input.
    public record Decision(ForkState state, List<ForkAct> acts) {
        public Decision {
            acts = List.copyOf(acts);
        }
    }

    /// @param branches how many there are, at least 1
    public static ForkState of(int branches) {
        if (branches < 1) {
            throw new IllegalArgumentException("a fork has branches");
        }
        return new ForkState(branches, Map.of(), Set.of(), ForkState.NONE, null, false);
    }

    /// Whether media that a branch agreed to are the leg's.
    public static boolean mayConnect(ForkState state, int branch) {
        return state.winner() == ForkState.NONE || state.winner() == branch;
    }

    /// The branch that answered; -1: none has.
    public static int winner(ForkState state) {
        return state.winner();
    }

    public static Decision decide(ForkState state, ForkInput input) {
        return switch (input) {
            case ForkInput.HangUp(var cause, var reason) -> hangUp(state, cause, reason);
            case ForkInput.Told told when state.winner() == ForkState.NONE -> ringing(state, told);
            case ForkInput.Told told -> talking(state, told);
        };
    }

    private static Decision hangUp(ForkState state, Cause cause, String reason) {
        if (state.reported() || state.goodbye() != null) {
            return decision(state);
        }
        if (state.winner() != ForkState.NONE) {
            return decision(state, new ForkAct.HangUp(state.winner(), cause, reason));
        }
        return new Decision(
                state.parting(new LegEnd(cause, 487, reason)),
                hangUps(state.running(), cause, reason));
    }

    private static Decision ringing(ForkState state, ForkInput.Told told) {
        return switch (told.fact()) {
            case MediaEvent.LegProgressed(_, int status)
                    when state.goodbye() == null && !state.progress().contains(status) ->
                    decision(state.progressed(status), new ForkAct.Report(told.fact()));
            case MediaEvent.LegAnswered _ -> answered(state, told);
            case MediaEvent.LegEnded(var leg, var end) ->
                    ended(state.ended(told.branch(), end), leg, end);
            case MediaEvent _ -> decision(state);
        };
    }

    private static Decision answered(ForkState state, ForkInput.Told told) {
        List<Integer> others = new ArrayList<>(state.running());
        others.remove(Integer.valueOf(told.branch()));
        List<ForkAct> acts = new ArrayList<>();
        acts.add(new ForkAct.Report(told.fact()));
        acts.addAll(hangUps(others, Cause.LOCAL_HANG_UP, "answered elsewhere"));
        return new Decision(state.won(told.branch()), acts);
    }

    private static Decision ended(ForkState state, LegId leg, LegEnd end) {
        if (state.running().isEmpty()) {
            LegEnd whole = state.goodbye() != null ? state.goodbye() : best(state.ends());
            return state.reported()
                    ? decision(state)
                    : decision(
                            state.over(), new ForkAct.Report(new MediaEvent.LegEnded(leg, whole)));
        }
        return isForAll(end) && state.goodbye() == null
                ? new Decision(
                        state.parting(end),
                        hangUps(state.running(), Cause.LOCAL_HANG_UP, "declined for all phones"))
                : decision(state);
    }

    private static Decision talking(ForkState state, ForkInput.Told told) {
        boolean isEnd =
                told.fact() instanceof MediaEvent.LegEnded
                        || told.fact() instanceof MediaEvent.LegReleased;
        if (told.branch() != state.winner() || state.reported()) {
            return decision(
                    told.fact() instanceof MediaEvent.LegEnded(_, var end)
                            ? state.ended(told.branch(), end)
                            : state);
        }
        return decision(isEnd ? state.over() : state, new ForkAct.Report(told.fact()));
    }

    private static LegEnd best(Map<Integer, LegEnd> ends) {
        return ends.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .min(BEST_FIRST)
                .orElseThrow();
    }

    private static boolean isForAll(LegEnd end) {
        return end.cause() == Cause.REFUSED && end.sipStatus() >= 600;
    }

    /// 6xx first, then the lowest class. No answer at all counts as 503 (RFC 3261 16.9).
    private static int rank(LegEnd end) {
        return isForAll(end) ? 0 : end.sipStatus() < 300 ? 5 : end.sipStatus() / 100;
    }

    /// What a phone said comes before what we made of its silence.
    private static int ownWord(LegEnd end) {
        return switch (end.cause()) {
            case REFUSED -> 0;
            case NO_ANSWER -> 1;
            case UNREACHABLE, NO_ROUTE, NO_CAPACITY, MEDIA_LOST, REMOTE_HANG_UP -> 2;
            case LOCAL_HANG_UP -> 3;
            case WORKER_FAILURE -> 4;
        };
    }

    private static List<ForkAct> hangUps(List<Integer> branches, Cause cause, String reason) {
        List<ForkAct> acts = new ArrayList<>();
        branches.forEach(branch -> acts.add(new ForkAct.HangUp(branch, cause, reason)));
        return acts;
    }

    private static Decision decision(ForkState state, ForkAct... acts) {
        return new Decision(state, List.of(acts));
    }
}
