package io.strowger.worker.core.stream;

import io.strowger.contracts.stream.StreamSpec.Channels;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The frames of one stream that wait for its connection: a fixed number that go round. Neither
/// side ever waits for the other; when all frames are on their way, the media thread goes on
/// without. Allocates nothing once made.
public final class StreamRing {
    /// 2 s may wait.
    public static final int FRAMES = 100;

    private final StreamFrame[] frames = new StreamFrame[FRAMES];
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong freed = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    public StreamRing(Channels channels) {
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = new StreamFrame(channels);
        }
    }

    /// The frame to fill next; null: none is free, and this one is lost. Media thread.
    @Nullable StreamFrame next() {
        long count = published.getPlain();
        if (count - freed.getAcquire() < FRAMES) {
            return frames[(int) (count % FRAMES)];
        }
        lost.setRelease(lost.getPlain() + 1);
        return null;
    }

    /// Hands the frame over that [#next] gave. Media thread.
    void publish() {
        published.setRelease(published.getPlain() + 1);
    }

    /// The oldest frame that was handed over; null: none waits. Connection.
    public @Nullable StreamFrame peek() {
        long count = freed.getPlain();
        return count < published.getAcquire() ? frames[(int) (count % FRAMES)] : null;
    }

    /// Gives the frame back that [#peek] gave. Connection.
    public void free() {
        freed.setRelease(freed.getPlain() + 1);
    }

    /// Gives up the oldest frames until no more than `left` wait. Connection.
    ///
    /// @return how many were given up
    public int drop(int left) {
        int dropped = 0;
        while (waiting() > left) {
            free();
            dropped++;
        }
        return dropped;
    }

    /// Frames that wait. Any thread.
    public int waiting() {
        return (int) Math.max(0, published.getAcquire() - freed.getAcquire());
    }

    /// Frames that found no room so far. Any thread.
    public long lost() {
        return lost.getAcquire();
    }
}
