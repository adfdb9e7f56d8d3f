package io.strowger.worker.core.stream;

import io.strowger.worker.core.rtp.Frame;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What an application says in a call. It may send faster than it is heard: a minute waits at most.
/// Begins to be heard a little late, so that packets that come unevenly leave no holes. The
/// connection puts, the media thread takes; neither waits, and taking allocates nothing.
public final class AppVoice {
    /// 60 s at 8 kHz.
    public static final int MOST_SAMPLES = 480_000;

    /// 60 ms are to be there before any is heard...
    private static final int CUSHION_SAMPLES = 3 * Frame.SAMPLES;

    /// ... or as long waited for.
    private static final int PATIENCE_FRAMES = 5;

    private final Queue<Piece> pieces = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger flushes = new AtomicInteger();
    private @Nullable Piece piece;
    private int position;
    private boolean speaking;
    private int waited;

    /// @param flushes there had been when it came
    private record Piece(short[] samples, int flushes) {}

    /// Says more. Connection.
    ///
    /// @param samples at 8 kHz; not to be changed any more
    /// @return false: there is no room, and nothing of it will be heard
    public boolean put(short[] samples) {
        if (samples.length == 0) {
            return true;
        }
        if (waiting.get() + samples.length > MOST_SAMPLES) {
            return false;
        }
        waiting.addAndGet(samples.length);
        pieces.add(new Piece(samples, flushes.get()));
        return true;
    }

    /// What has not been heard yet is not to be heard. Connection.
    public void flush() {
        flushes.incrementAndGet();
    }

    /// Samples that wait to be heard, or to be thrown away. Any thread.
    public int waiting() {
        return waiting.get();
    }

    /// Takes one frame. Media thread.
    ///
    /// @param frame 160 samples, filled with what there is and silence
    /// @return false: it says nothing now, and `frame` is as it was
    boolean take(short[] frame) {
        if (next() == null) {
            speaking = false;
            waited = 0;
            return false;
        }
        if (!speaking && waiting.get() < CUSHION_SAMPLES && waited < PATIENCE_FRAMES) {
            waited++;
            return false;
        }
        speaking = true;
        int filled = 0;
        for (Piece present = next(); present != null && filled < frame.length; present = next()) {
            int count = Math.min(frame.length - filled, present.samples.length - position);
            System.arraycopy(present.samples, position, frame, filled, count);
            filled += count;
            position += count;
            waiting.addAndGet(-count);
        }
        Arrays.fill(frame, filled, frame.length, (short) 0);
        return true;
    }

    /// The piece to go on with; those that were flushed are thrown away.
    private @Nullable Piece next() {
        Piece present = piece;
        while (present == null
                || position == present.samples.length
                || present.flushes != flushes.get()) {
            if (present != null) {
                waiting.addAndGet(position - present.samples.length);
            }
            present = pieces.poll();
            position = 0;
            piece = present;
            if (present == null) {
                return null;
            }
        }
        return present;
    }
}
