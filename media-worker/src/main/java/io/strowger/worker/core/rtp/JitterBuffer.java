package io.strowger.worker.core.rtp;

import java.util.Arrays;

/// Evens out what arrives early, late, twice or not at all: a second of samples placed by RTP
/// timestamp, read 20 ms at a time behind a delay that follows the network. A missing piece is the
/// last one again, fading, then silence. For one thread; fixed memory, allocates nothing.
public final class JitterBuffer {
    private static final int SIZE = 8192;
    private static final int MASK = SIZE - 1;
    private static final int PIECE = 80;
    private static final int START_DELAY = 3 * Frame.SAMPLES;
    private static final int MAX_DELAY = 10 * Frame.SAMPLES;
    private static final int CALM_FRAMES = 150;
    private static final int FADE_STEPS = 5;
    private final short[] samples = new short[SIZE];
    private final boolean[] there = new boolean[SIZE / PIECE + 1];
    private final short[] last = new short[Frame.SAMPLES];
    private boolean started;
    private int delay = START_DELAY;
    private long base;
    private long high;
    private long play;
    private int calm;
    private int missing;

    /// Places a packet's samples.
    ///
    /// @param rtpTimestamp 0..2^32-1
    /// @param from decoded samples, `length` of them, at most 480
    public void put(long rtpTimestamp, short[] from, int length) {
        if (!started) {
            begin(rtpTimestamp);
        }
        long at = high + (int) (rtpTimestamp - high);
        if (at < play - SIZE / 2 || at + length > play + SIZE) {
            begin(rtpTimestamp); // another clock: as RFC 3550 says of a restarted source
            at = rtpTimestamp;
        }
        if (at < play) {
            late();
            return;
        }
        for (int i = 0; i < length; i++) {
            samples[(int) (at + i) & MASK] = from[i];
        }
        for (long piece = at; piece < at + length; piece += PIECE) {
            there[piece(piece)] = true;
        }
        high = Math.max(high, at + length);
    }

    private void begin(long rtpTimestamp) {
        Arrays.fill(there, false);
        started = true;
        base = rtpTimestamp;
        high = rtpTimestamp;
        play = rtpTimestamp - delay;
        calm = 0;
    }

    private void late() {
        calm = 0;
        if (delay < MAX_DELAY) {
            delay += Frame.SAMPLES;
            play -= Frame.SAMPLES;
        }
    }

    private int piece(long at) {
        return Math.floorMod(at - base, SIZE) / PIECE;
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
        if (high - play > delay + 2L * Frame.SAMPLES) {
            calm++;
            if (calm > CALM_FRAMES || high - play > MAX_DELAY + 4L * Frame.SAMPLES) {
                skip();
            }
        } else {
            calm = 0;
        }
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

    /// Too much waits: one frame is passed over.
    private void skip() {
        calm = 0;
        for (int part = 0; part < Frame.SAMPLES; part += PIECE) {
            there[piece(play)] = false;
            play += PIECE;
        }
    }

    private boolean take(short[] to, int part) {
        int piece = piece(play);
        boolean filled = play >= base && there[piece];
        there[piece] = false;
        for (int i = 0; i < PIECE; i++) {
            to[part + i] = filled ? samples[(int) (play + i) & MASK] : 0;
        }
        play += PIECE;
        return filled;
    }

    private void conceal(short[] to) {
        missing++;
        int gain = Math.max(0, FADE_STEPS - missing);
        for (int i = 0; i < Frame.SAMPLES; i++) {
            to[i] = (short) (last[i] * gain / FADE_STEPS);
        }
    }
}
