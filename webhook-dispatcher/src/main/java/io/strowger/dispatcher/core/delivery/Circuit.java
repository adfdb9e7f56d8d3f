package io.strowger.dispatcher.core.delivery;

import java.time.Duration;
import java.time.Instant;

/// Whether a receiving server is worth an attempt. After five failures in a row it is left alone
/// for a second; then one probe finds out whether it is back, and each probe that fails doubles the
/// pause, up to half a minute. The first answer that shows life closes the circuit.
final class Circuit {
    private static final int FAILING = 5;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private int failuresInARow;
    private boolean closed = true;
    private boolean probing;
    private Duration pause = FIRST_PAUSE;
    private Instant openUntil = Instant.MIN;

    /// What an attempt told of the server as a whole. A refusal of one event (4xx, a redirect)
    /// comes from a server that lives; an address that was refused was never asked.
    void answered(Answer answer, Instant now) {
        if (answer instanceof Answer.Refused) {
            return;
        }
        if (isFailure(answer)) {
            failed(now);
        } else {
            failuresInARow = 0;
            closed = true;
            probing = false;
            pause = FIRST_PAUSE;
        }
    }

    private static boolean isFailure(Answer answer) {
        return switch (answer) {
            case Answer.Responded(int status, var _) -> status >= 500 || status == 429;
            case Answer.TimedOut _, Answer.Unreachable _ -> true;
            case Answer.Refused _ -> false;
        };
    }

    /// Only a probe makes the pause longer: when the circuit opens, other attempts are still on
    /// their way and fail one by one.
    private void failed(Instant now) {
        failuresInARow++;
        if (closed && failuresInARow >= FAILING) {
            closed = false;
            openUntil = now.plus(pause);
        } else if (probing) {
            probing = false;
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
            openUntil = now.plus(pause);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /// How many attempts may be under way now.
    int allowed(int perServer, Instant now) {
        if (closed) {
            return perServer;
        }
        return now.isBefore(openUntil) ? 0 : 1;
    }

    /// An attempt begins.
    void began() {
        probing = !closed;
    }
}
