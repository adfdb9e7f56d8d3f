package io.strowger.worker.core.speech;

import io.strowger.worker.core.rtp.Frame;
import java.util.concurrent.atomic.AtomicLong;

/// Frames that wait for a recogniser: a fixed number that go round. Neither side ever waits for the
/// other; when all are full, the media thread goes on without. Allocates nothing once made.
public final class FrameRing {
    /// 5 s may wait: as long as it may take to reach the recogniser.
    public static final int FRAMES = 250;

    private final short[] samples = new short[FRAMES * Frame.SAMPLES];
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong freed = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    /// Takes a copy of a frame. Media thread.
    ///
    /// @param frame 160 samples
    /// @return false: there is no room, and it is lost
    public boolean put(short[] frame) {
        long count = published.getPlain();
        if (count - freed.getAcquire() == FRAMES) {
            lost.setRelease(lost.getPlain() + 1);
            return false;
        }
        System.arraycopy(frame, 0, samples, place(count), Frame.SAMPLES);
        published.setRelease(count + 1);
        return true;
    }

    /// The oldest frame that waits. Connection.
    ///
    /// @param into 160 samples
    /// @return false: none waits
    public boolean take(short[] into) {
        long count = freed.getPlain();
        if (count == published.getAcquire()) {
            return false;
        }
        System.arraycopy(samples, place(count), into, 0, Frame.SAMPLES);
        freed.setRelease(count + 1);
        return true;
    }

    private static int place(long count) {
        return (int) (count % FRAMES) * Frame.SAMPLES;
    }

    /// Whether none waits. Any thread.
    public boolean isEmpty() {
        return freed.getAcquire() >= published.getAcquire();
    }

    /// Frames that found no room so far. Any thread.
    public long lost() {
        return lost.getAcquire();
    }
}
