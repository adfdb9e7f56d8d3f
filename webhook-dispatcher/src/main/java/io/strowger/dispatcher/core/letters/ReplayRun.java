package io.strowger.dispatcher.core.letters;

import io.strowger.contracts.event.EventRecord;
import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.dispatcher.core.delivery.LaneKey;
import io.strowger.dispatcher.core.delivery.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known in the course of one replay of many letters: whom it is no use to ask again. One
/// thread.
public final class ReplayRun {
    private static final int FAILURES = 3;
    private final Set<LaneKey> refused = new HashSet<>();
    private final Map<String, Integer> failuresInARow = new HashMap<>();

    /// How a letter fared.
    public enum Outcome {
        ACCEPTED,
        REFUSED,
        SKIPPED
    }

    /// @param reason why it was not accepted; empty: it was
    public record Result(Outcome outcome, String reason) {
        static Result skipped(String reason) {
            return new Result(Outcome.SKIPPED, reason);
        }
    }

    /// What becomes of a letter without asking its receiver; empty: ask.
    public Optional<Result> withoutAsking(DeadLetter letter) {
        EventRecord event = letter.event();
        if (event == null) {
            return Optional.of(Result.skipped("the record cannot be read"));
        }
        if (letter.replayed()) {
            return Optional.of(Result.skipped("accepted before"));
        }
        LaneKey lane = LaneKey.of(event);
        if (refused.contains(lane)) {
            return Optional.of(Result.skipped("an earlier event of its call was not accepted"));
        }
        return failuresInARow.getOrDefault(lane.server(), 0) >= FAILURES
                ? Optional.of(Result.skipped("its receiver does not accept anything now"))
                : Optional.empty();
    }

    /// What the receiver's answer means.
    public Result answered(EventRecord event, Answer answer) {
        LaneKey lane = LaneKey.of(event);
        String reason =
                switch (Verdict.of(answer)) {
                    case Verdict.Accepted() -> "";
                    case Verdict.Retry(var _, var why) -> why;
                    case Verdict.GiveUp(var why) -> why;
                    case Verdict.StopReceiver(var why) -> why;
                };
        if (reason.isEmpty()) {
            failuresInARow.remove(lane.server());
            return new Result(Outcome.ACCEPTED, "");
        }
        refused.add(lane);
        failuresInARow.merge(lane.server(), 1, Integer::sum);
        return new Result(Outcome.REFUSED, reason);
    }
}
