package io.strowger.worker.core.bridge;

/// Tells from a packet just taken whether more may wait behind it, so that a leg that sends
/// steadily costs one system call to receive a frame and not two. A packet that is as fresh as the
/// freshest of late has nothing behind it. Everything is taken now and then all the same, as clocks
/// drift, and always from a leg that sends more than a packet a frame. For one thread; allocates
/// nothing.
final class Backlog {
    private static final int THOROUGH_EVERY = 16;
    private int turns = -1;
    private int packets;
    private boolean thorough;
    private int freshest;

    /// A frame begins.
    void turn() {
        boolean many = thorough && packets > 1;
        packets = 0;
        if (!many) {
            turns++;
            thorough = turns % THOROUGH_EVERY == 0;
        }
    }

    /// Whether more may wait behind a packet of sound.
    ///
    /// @param arrivalTicks and
    /// @param rtpTimestamp in samples
    /// @param samples that the packet holds
    boolean mayHoldMore(long arrivalTicks, long rtpTimestamp, int samples) {
        packets++;
        int transit = (int) (arrivalTicks - rtpTimestamp);
        if (thorough) {
            freshest = transit;
            return true;
        }
        if (transit - freshest < 0) {
            freshest = transit;
        }
        return transit - freshest > samples / 2;
    }
}
