package io.strowger.worker.core.sip;

/// The way out to the network. Safe for use by many threads; may block for the time of a TCP
/// connect. What cannot be sent comes back as [SipSignal.RequestFailed].
public interface SipWire {
    /// Sends in a new client transaction.
    void send(SipRequest request);

    /// Sends outside transactions.
    void sendAck(SipRequest ack);

    /// Cancels the INVITE with this Call-ID if it has no final response.
    void cancel(String sipCallId);

    /// Answers a request. An answer to an exchange that is gone is dropped.
    void reply(SipReply reply);

    /// Sends the last 2xx to an INVITE once more.
    void replyAgain(long exchange);
}
