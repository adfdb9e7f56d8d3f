package io.strowger.media.rtp;

/// Counts one source's packets as RFC 3550 A.1, A.3 and A.8 say: extended sequence numbers, loss,
/// jitter. For one thread; allocates nothing.
public final class ReceptionStatistics {
    private static final int SEQUENCE_MODULUS = 1 << 16;
    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;

    private boolean started;
    private int baseSequence;
    private int highestSequence;
    private int cycles;
    private int badSequence;
    private long received;
    private long lastTransit;
    private double jitter;
    private long expectedBefore;
    private long receivedBefore;

    /// Takes note of a packet.
    ///
    /// @param sequenceNumber 0..65535
    /// @param rtpTimestamp of the packet
    /// @param arrivalTicks when it arrived, in ticks of the same clock
    /// @return how far ahead of the highest number so far: 1 is the next one, 0 or less came late
    ///   or twice; [Integer#MIN_VALUE]: out of all order, not counted
    public int received(int sequenceNumber, long rtpTimestamp, long arrivalTicks) {
        if (!started) {
            restart(sequenceNumber);
            started = true;
            lastTransit = arrivalTicks - rtpTimestamp;
            received = 1;
            return 1;
        }
        int ahead = (short) (sequenceNumber - highestSequence);
        if (ahead > MAX_DROPOUT || ahead < -MAX_MISORDER) {
            if (sequenceNumber != badSequence) {
                badSequence = (sequenceNumber + 1) % SEQUENCE_MODULUS;
                return Integer.MIN_VALUE;
            }
            restart(sequenceNumber);
            ahead = 1;
        } else if (ahead > 0) {
            if (sequenceNumber < highestSequence) {
                cycles += SEQUENCE_MODULUS;
            }
            highestSequence = sequenceNumber;
        }
        received++;
        long transit = arrivalTicks - rtpTimestamp;
        long difference = Math.abs((int) (transit - lastTransit));
        lastTransit = transit;
        jitter += (difference - jitter) / 16;
        return ahead;
    }

    private void restart(int sequenceNumber) {
        baseSequence = sequenceNumber;
        highestSequence = sequenceNumber;
        badSequence = SEQUENCE_MODULUS + 1;
        cycles = 0;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
    }

    public boolean started() {
        return started;
    }

    /// Packets taken in since the source's last restart.
    public long received() {
        return received;
    }

    /// Cycles in the high, sequence number in the low 16 bits.
    public int extendedHighest() {
        return cycles + highestSequence;
    }

    /// Packets that should have come and did not; negative when some came twice.
    public long lost() {
        return started ? extendedHighest() - baseSequence + 1L - received : 0;
    }

    /// Interarrival jitter in clock ticks.
    public long jitterTicks() {
        return (long) jitter;
    }

    /// The part lost since this was last asked, as a fraction of 256: for a report block.
    public int fractionLostSinceLast() {
        long expected = extendedHighest() - baseSequence + 1L;
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        return expectedNow == 0 || lostNow <= 0
                ? 0
                : (int) Math.min(255, (lostNow << 8) / expectedNow);
    }
}
