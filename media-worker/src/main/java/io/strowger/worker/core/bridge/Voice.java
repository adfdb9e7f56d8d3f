package io.strowger.worker.core.bridge;

import io.strowger.worker.core.rtp.Frame;
import java.util.Arrays;

/// What one leg says, and how loud it has been: a level that rises at once with a loud frame and
/// falls slowly, so that a breath between two words is not a silence. Levels are sums of 160
/// magnitudes. For one thread; allocates nothing.
final class Voice {
    /// About -47 dBov: louder is speech, below it is a room.
    private static final int SPEECH = 150 * Frame.SAMPLES;

    private static final int RISE_SHIFT = 1;
    private static final int FALL_SHIFT = 4;

    /// 400 ms: as long as a pause inside a sentence.
    private static final int HOLD_OVER_FRAMES = 20;

    /// This frame's sound: 160 samples, filled by the leg.
    final short[] heard = new short[Frame.SAMPLES];

    private boolean audible;
    private boolean talker;
    private boolean sounds;
    private int level;
    private int framesSinceSpeech = HOLD_OVER_FRAMES;

    /// The leg filled `heard`.
    void listened() {
        int loudness = 0;
        for (int i = 0; i < Frame.SAMPLES; i++) {
            loudness += Math.abs(heard[i]);
        }
        sounds = loudness > 0;
        level +=
                loudness > level
                        ? loudness - level >> RISE_SHIFT
                        : -(level - loudness >> FALL_SHIFT);
        framesSinceSpeech =
                loudness >= SPEECH ? 0 : Math.min(framesSinceSpeech + 1, HOLD_OVER_FRAMES);
    }

    /// Nobody listens to the leg in this frame.
    void passedOver() {
        if (sounds) {
            Arrays.fill(heard, (short) 0);
            sounds = false;
        }
    }

    /// Whether this leg may be heard by the others at all: it speaks to us, is not muted, not held.
    void mayBeHeard(boolean may) {
        audible = may;
    }

    boolean isAudible() {
        return audible;
    }

    int level() {
        return level;
    }

    /// What another must be louder than to take this talker's place: half as loud again, and four
    /// times as loud while this one speaks or has just paused.
    long claim() {
        return framesSinceSpeech < HOLD_OVER_FRAMES ? 4L * level : level + (level >> 1);
    }

    void talks(boolean chosen) {
        talker = chosen;
    }

    boolean isTalker() {
        return talker;
    }

    /// Whether there is sound of this leg in this frame that others may hear.
    boolean isHeard() {
        return audible && sounds;
    }

    /// Whether there is sound of this leg in the mix of this frame.
    boolean isInTheMix() {
        return talker && sounds;
    }
}
