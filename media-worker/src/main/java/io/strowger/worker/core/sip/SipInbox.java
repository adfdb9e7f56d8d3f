package io.strowger.worker.core.sip;

/// Takes what comes from the network. Called on threads of the SIP stack: must not block.
public interface SipInbox {
    /// @return false when no leg has this Call-ID
    boolean signal(String sipCallId, SipSignal signal);

    /// Whether a leg has this Call-ID.
    boolean knows(String sipCallId);
}
