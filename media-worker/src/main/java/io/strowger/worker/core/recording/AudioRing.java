package io.strowger.worker.core.recording;

import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The way of one recording from its media thread to the one that writes it: a fixed number of
/// blocks that go round. Neither side ever waits for the other; when all blocks are on their way,
/// the media thread goes on without and the audio is missing. Allocates nothing once made.
public final class AudioRing {
    /// 1.6 s of audio may wait for the writer.
    public static final int BLOCKS = 8;

    private static final long RUNNING = -1;
    private static final long ABANDONED = -2;
    private final AudioBlock[] blocks = new AudioBlock[BLOCKS];
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong freed = new AtomicLong();
    private final AtomicLong end = new AtomicLong(RUNNING);

    public AudioRing(ChannelType channels) {
        for (int i = 0; i < BLOCKS; i++) {
            blocks[i] =
                    new AudioBlock(
                            channels == ChannelType.MIXED ? 1 : RecordingFormat.MAX_CHANNELS);
        }
    }

    private AudioBlock at(long count) {
        return blocks[(int) (count % BLOCKS)];
    }

    /// The block to fill next; null: none is free. Media thread.
    @Nullable AudioBlock next() {
        long count = published.getPlain();
        return count - freed.getAcquire() < BLOCKS ? at(count) : null;
    }

    /// Hands the block over that [#next] gave. Media thread.
    void publish() {
        published.setRelease(published.getPlain() + 1);
    }

    /// Nothing more comes. Media thread.
    ///
    /// @param samples the length of the recording
    void end(long samples) {
        end.setRelease(samples);
    }

    /// This recording is no business of this worker any more: what waits is not to be written.
    /// Media thread.
    void abandon() {
        end.setRelease(ABANDONED);
    }

    /// The oldest block that was handed over; null: none waits. Writer.
    public @Nullable AudioBlock peek() {
        long count = freed.getPlain();
        return count < published.getAcquire() ? at(count) : null;
    }

    /// Gives the block back that [#peek] gave. Writer.
    public void free() {
        freed.setRelease(freed.getPlain() + 1);
    }

    /// Whether nothing more will be handed over. Writer; to be asked before [#peek] to be sure that
    /// none is left.
    public boolean hasEnded() {
        return end.getAcquire() >= 0;
    }

    /// The length of a recording that has ended. Writer.
    public long samples() {
        return end.getAcquire();
    }

    /// Whether it must not be written any more. Any thread.
    public boolean isAbandoned() {
        return end.getAcquire() == ABANDONED;
    }

    /// Blocks that wait. Any thread.
    public int waiting() {
        return (int) Math.max(0, published.getAcquire() - freed.getAcquire());
    }
}
