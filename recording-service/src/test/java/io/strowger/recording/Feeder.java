package io.strowger.recording;

import static io.strowger.recording.RecordingFixture.SAMPLES;

import io.strowger.contracts.recording.RecordingSpec;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// A media worker that feeds recordings without a pause: a chunk of noise each, again and again. A
/// chunk now and then is left out, one now and then comes twice.
final class Feeder implements AutoCloseable {
    private final RecordingFixture fixture;
    private final List<RecordingSpec> recordings;
    private final long everyNs;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile int chunks;

    Feeder(RecordingFixture fixture, List<RecordingSpec> recordings, long everyMs) {
        this.fixture = fixture;
        this.recordings = recordings;
        this.everyNs = everyMs * 1_000_000;
        this.thread = Thread.ofPlatform().name("feeder").start(this::feed);
    }

    /// How many each recording had.
    int chunks() {
        return chunks;
    }

    private void feed() {
        Random random = new Random(42);
        long nextNs = System.nanoTime();
        while (!stopped) {
            for (RecordingSpec one : recordings) {
                short[] noise = new short[SAMPLES];
                for (int i = 0; i < noise.length; i++) {
                    noise[i] = (short) random.nextInt(1 << 16);
                }
                long position = (long) chunks * SAMPLES;
                int chance = random.nextInt(50);
                if (chance != 0 || chunks == 0) {
                    fixture.chunk(one, position, 1, noise);
                }
                if (chance == 1) {
                    fixture.chunk(one, position, 1, noise);
                }
            }
            chunks++;
            nextNs += everyNs;
            LockSupport.parkNanos(nextNs - System.nanoTime());
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
        fixture.flush();
    }
}
