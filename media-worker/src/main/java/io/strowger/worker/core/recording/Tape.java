package io.strowger.worker.core.recording;

import io.strowger.worker.core.rtp.Frame;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one recording takes from its call, frame by frame, in pieces of 200 ms. Its position is the
/// count of frames since it began, pauses left out, whether or not there was room to keep them: so
/// what is missing is known by what came before and after it. For the media thread; a frame
/// allocates nothing.
public final class Tape {
    /// 8 s: what a chunk may say of silence at once.
    private static final int MOST_FRAMES_OF_SILENCE = 400;

    private final AudioRing ring;
    private final int channels;
    private @Nullable AudioBlock block;
    private long position;
    private int filled;
    private int channelMask;
    private boolean paused;
    private long pausedFrames;

    /// @param position of its first sample, 0 unless it was begun elsewhere
    /// @param channels 1..5, as many as a block of `ring` has
    public Tape(AudioRing ring, long position, int channels, boolean paused) {
        this.ring = ring;
        this.position = position;
        this.channels = channels;
        this.paused = paused;
    }

    /// A frame begins, silent on all channels.
    ///
    /// @return whether it is kept
    public boolean turn() {
        if (paused) {
            pausedFrames++;
            return false;
        }
        if (filled == 0) {
            block = ring.next();
            channelMask = 0;
        }
        AudioBlock present = block;
        if (present != null) {
            for (int channel = 0; channel < channels; channel++) {
                int at = channel * AudioBlock.CAPACITY + filled;
                Arrays.fill(present.pcm, at, at + Frame.SAMPLES, (short) 0);
            }
        }
        return true;
    }

    /// What is heard on a channel in this frame.
    ///
    /// @param sound 160 samples
    public void take(int channel, short[] sound) {
        AudioBlock present = block;
        if (present != null) {
            System.arraycopy(
                    sound, 0, present.pcm, channel * AudioBlock.CAPACITY + filled, Frame.SAMPLES);
            channelMask |= 1 << channel;
        }
    }

    /// What is heard on channel 0 in this frame: clipped, as for phones.
    ///
    /// @param sums 160
    public void take(int[] sums) {
        AudioBlock present = block;
        if (present == null) {
            return;
        }
        boolean sounds = false;
        for (int i = 0; i < Frame.SAMPLES; i++) {
            int sum = Math.min(Math.max(sums[i], Short.MIN_VALUE), Short.MAX_VALUE);
            present.pcm[filled + i] = (short) sum;
            sounds |= sum != 0;
        }
        channelMask |= sounds ? 1 : 0;
    }

    /// The frame that [#turn] began is over.
    public void turned() {
        filled += Frame.SAMPLES;
        if (filled == AudioBlock.CAPACITY) {
            flush();
        }
    }

    /// Frames that the media thread missed: silence, as everybody heard.
    public void skip(long frames) {
        if (paused) {
            pausedFrames += frames;
            return;
        }
        flush();
        for (long left = frames; left > 0; left -= MOST_FRAMES_OF_SILENCE) {
            block = ring.next();
            channelMask = 0;
            filled = (int) Math.min(left, MOST_FRAMES_OF_SILENCE) * Frame.SAMPLES;
            flush();
        }
    }

    /// Hands over what there is.
    private void flush() {
        AudioBlock present = block;
        if (present != null && filled > 0) {
            present.position = position;
            present.samples = filled;
            present.channelMask = channelMask;
            ring.publish();
        }
        position += filled;
        filled = 0;
        block = null;
    }

    /// Stops the position. What was taken so far is handed over: a pause may be long.
    ///
    /// @return false: it was paused already
    public boolean pause() {
        if (paused) {
            return false;
        }
        flush();
        paused = true;
        pausedFrames = 0;
        return true;
    }

    /// Goes on.
    ///
    /// @return how long the pause was; null: there was none
    public @Nullable Duration resume() {
        if (!paused) {
            return null;
        }
        paused = false;
        return Duration.ofNanos(pausedFrames * Frame.NS);
    }

    /// Of the next sample.
    public long position() {
        return position + filled;
    }

    /// Hands over the last piece, and that it is the last.
    public void end() {
        flush();
        ring.end(position);
    }

    /// See [AudioRing#isAbandoned].
    public void abandon() {
        ring.abandon();
    }
}
