package io.strowger.worker.core.sip;

/// Takes what comes from the network. Called on threads of the SIP stack: must not block.
public interface SipInbox {
    /// @return false when no leg has this Call-ID
    boolean signal(String sipCallId, SipSignal signal);

    /// Whether a leg has this Call-ID.
    boolean knows(String sipCallId);

    /// What to do with an INVITE that belongs to no leg; nothing is kept of it yet.
    Arrival weigh(IncomingInvite invite);

    /// Takes a call that was welcome and answers it: with 100 for now, or with 503 when there is no
    /// room.
    ///
    /// @param invite with its exchange
    void arrived(IncomingInvite invite, Arrival.Welcome welcome);
}
