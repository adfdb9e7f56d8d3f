package io.strowger.worker.shell.call;

import io.strowger.worker.core.leg.LegInput;

/// A leg of a call at work. Used only inside the mailbox of its call.
interface RunningLeg {
    void input(LegInput input);

    /// Whether its end was reported.
    boolean isOver();

    /// Whether nothing more will come that needs it.
    boolean isForgotten();

    /// Something threw while the call was at work: ends the leg in an orderly way if that can be
    /// done, and in any case reports its end once.
    void fail();

    /// Leaves its dialogs as they are: no message, no report; another worker may carry them on.
    /// What cannot be carried on is ended, and its peer told: it is forgotten when that is done.
    void abandon();

    /// The same, but its end is reported and its media are closed.
    void lose();
}
