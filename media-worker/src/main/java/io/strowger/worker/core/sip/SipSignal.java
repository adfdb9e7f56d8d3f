package io.strowger.worker.core.sip;

/// What the network did to a leg.
public sealed interface SipSignal {
    /// A response to a request of ours, or a stray one: a retransmitted or forked 2xx.
    record ResponseArrived(IncomingResponse response) implements SipSignal {}

    /// A request inside one of the leg's dialogs, ACK included.
    record RequestArrived(IncomingRequest request) implements SipSignal {}

    /// The INVITE of an incoming leg came once more: the same copy late, or another way.
    record InviteRepeated(IncomingInvite invite) implements SipSignal {}

    /// A request of ours got no final response: timer B or F fired, or the transport failed (RFC
    /// 3261 8.1.3.1).
    ///
    /// @param reason for people
    record RequestFailed(String sipCallId, String method, long cseq, String reason)
            implements SipSignal {}
}
