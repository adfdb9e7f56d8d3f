package io.strowger.worker.core.bridge;

/// What a media thread has done so far. Written by that thread only.
public final class MediaCounts {
    long sent;
    long sendFailed;
    long received;
    long foreign;
    long malformed;
    long unauthentic;

    public long sent() {
        return sent;
    }

    public long sendFailed() {
        return sendFailed;
    }

    public long received() {
        return received;
    }

    /// From a source that is not the leg's peer.
    public long foreign() {
        return foreign;
    }

    public long malformed() {
        return malformed;
    }

    /// On a leg with SRTP: forged, or sent twice.
    public long unauthentic() {
        return unauthentic;
    }
}
