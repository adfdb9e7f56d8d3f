package io.strowger.worker.shell.sip;

import java.util.concurrent.atomic.LongAdder;

/// What happened on the wire that no call sees. Safe for use by many threads.
public final class SipMeters {
    final LongAdder droppedRequests = new LongAdder();
    final LongAdder droppedResponses = new LongAdder();
    final LongAdder brokenMessages = new LongAdder();
    final LongAdder unsendable = new LongAdder();

    /// Requests of strangers that got no answer.
    public long droppedRequests() {
        return droppedRequests.sum();
    }

    /// Responses that belong to no leg.
    public long droppedResponses() {
        return droppedResponses.sum();
    }

    /// Messages without what every message needs.
    public long brokenMessages() {
        return brokenMessages.sum();
    }

    /// Messages of ours that could not be written or sent.
    public long unsendable() {
        return unsendable.sum();
    }
}
