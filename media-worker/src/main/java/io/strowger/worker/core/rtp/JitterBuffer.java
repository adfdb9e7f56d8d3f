package io.strowger.worker.core.rtp;

import java.util.Arrays;

/// Evens out what arrives early, late, twice or not at all: half a second of samples placed by RTP
/// timestamp, read 20 ms at a time. It begins 60 ms behind the first packet; a packet that comes
/// too late moves the reading back to it, and three seconds in which more waited than was needed
/// move it forward by one frame. So the delay follows the network, and a sender whose clock is
/// faster or slower than ours. A missing piece is the last one again, fading, then silence. For one
/// thread; fixed memory, allocates nothing.
public final class JitterBuffer {
    private static final int SIZE = 8192;
    private static final int MASK = SIZE - 1;
    private static final int REACH = SIZE / 2;
    private static final int PIECE = 80;
    private static final int START_DELAY = 3 * Frame.SAMPLES;
    private static final int MAX_DELAY = 10 * Frame.SAMPLES;
    private static final int TOO_MUCH = MAX_DELAY + 4 * Frame.SAMPLES;

    /// More than what waits on a calm network just before a frame is taken, by a frame.
    private static final int EXCESS = START_DELAY + 2 * Frame.SAMPLES;

    private static final int WATCHED_FRAMES = 150;
    private static final int LATE_IN_A_ROW = 10;
    private static final int FADE_STEPS = 5;
    private static final byte EMPTY = 0;
    private static final byte FILLED = 1;
    private static final byte DONE = 2;
    private final short[] samples = new short[SIZE];
    private final byte[] pieces = new byte[SIZE / PIECE + 1];
    private final short[] last = new short[Frame.SAMPLES];
    private boolean started;
    private long base;
    private long high;
    private long play;
    private long leastWaiting;
    private int watched;
    private int tooLate;
    private int missing;

    /// Places a packet's samples.
    ///
    /// @param rtpTimestamp 0..2^32-1
    /// @param from decoded samples, `length` of them, at most 480
    public void put(long rtpTimestamp, short[] from, int length) {
        if (length == 0) {
            return;
        }
        if (!started) {
            begin(rtpTimestamp);
        }
        long at = high + (int) (rtpTimestamp - high);
        if (at < play - REACH || at + length > play + REACH || at < play && comesTooLate(at)) {
            begin(rtpTimestamp); // another clock: as RFC 3550 A.1 does with a restarted source
            at = rtpTimestamp;
        }
        if (at < play) {
            return;
        }
        tooLate = 0;
        int place = (int) at & MASK;
        int upToTheEnd = Math.min(length, SIZE - place);
        System.arraycopy(from, 0, samples, place, upToTheEnd);
        System.arraycopy(from, upToTheEnd, samples, 0, length - upToTheEnd);
        for (long piece = at; piece < at + length; piece += PIECE) {
            pieces[piece(piece)] = FILLED;
        }
        high = Math.max(high, at + length);
    }

    /// Forgets everything: another source speaks.
    public void restart() {
        started = false;
    }

    private void begin(long rtpTimestamp) {
        Arrays.fill(pieces, EMPTY);
        Arrays.fill(samples, (short) 0);
        started = true;
        base = rtpTimestamp;
        high = rtpTimestamp;
        play = rtpTimestamp - START_DELAY;
        tooLate = 0;
        watch();
    }

    private void watch() {
        watched = 0;
        leastWaiting = Long.MAX_VALUE;
    }

    /// Moves the reading back to a late packet, unless that would keep everything else waiting too
    /// long. What comes a second time is not late.
    ///
    /// @return whether only such packets come, so that the source must have started again
    private boolean comesTooLate(long at) {
        if (pieces[piece(at)] == DONE) {
            return false;
        }
        watch();
        long back = Math.ceilDiv(play - at, Frame.SAMPLES) * Frame.SAMPLES;
        if (high - play + back <= MAX_DELAY) {
            play -= back;
            return false;
        }
        tooLate++;
        return tooLate >= LATE_IN_A_ROW;
    }

    private int piece(long at) {
        return ((int) (at - base) & MASK) / PIECE;
    }

    /// Takes the next 20 ms.
    ///
    /// @param to 160 samples; silence where there is nothing
    /// @return whether there was any sound to take
    public boolean take(short[] to) {
        if (!started) {
            Arrays.fill(to, (short) 0);
            return false;
        }
        catchUp();
        boolean any = false;
        for (int part = 0; part < Frame.SAMPLES; part += PIECE) {
            any |= take(to, part);
        }
        if (any) {
            missing = 0;
            System.arraycopy(to, 0, last, 0, Frame.SAMPLES);
        } else {
            conceal(to);
        }
        return any;
    }

    /// Passes over a frame when too much waits.
    private void catchUp() {
        long waiting = high - play;
        leastWaiting = Math.min(leastWaiting, waiting);
        watched++;
        if (waiting > TOO_MUCH || watched >= WATCHED_FRAMES && leastWaiting >= EXCESS) {
            for (int part = 0; part < Frame.SAMPLES; part += PIECE) {
                pass();
            }
            watch();
        } else if (watched >= WATCHED_FRAMES) {
            watch();
        }
    }

    private boolean take(short[] to, int part) {
        boolean filled = pieces[piece(play)] == FILLED;
        if (filled) {
            int place = (int) play & MASK;
            int upToTheEnd = Math.min(PIECE, SIZE - place);
            System.arraycopy(samples, place, to, part, upToTheEnd);
            System.arraycopy(samples, 0, to, part + upToTheEnd, PIECE - upToTheEnd);
        } else {
            Arrays.fill(to, part, part + PIECE, (short) 0);
        }
        pass();
        return filled;
    }

    private void pass() {
        int piece = piece(play);
        pieces[piece] = pieces[piece] == FILLED ? DONE : EMPTY;
        int place = (int) play & MASK;
        int upToTheEnd = Math.min(PIECE, SIZE - place);
        Arrays.fill(samples, place, place + upToTheEnd, (short) 0);
        Arrays.fill(samples, 0, PIECE - upToTheEnd, (short) 0);
        play += PIECE;
    }

    private void conceal(short[] to) {
        missing++;
        int gain = Math.max(0, FADE_STEPS - missing);
        for (int i = 0; i < Frame.SAMPLES; i++) {
            to[i] = (short) (last[i] * gain / FADE_STEPS);
        }
    }
}
