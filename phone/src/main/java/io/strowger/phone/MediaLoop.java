package io.strowger.phone;

import io.strowger.media.wav.WavWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread for the media of all calls of a phone: every 5 ms it serves a quarter of them, by
/// absolute due times.
final class MediaLoop {
    private static final Logger LOG = LoggerFactory.getLogger(MediaLoop.class);
    private static final int SLOTS = 4;
    private static final long SLOT_NS = 20_000_000L / SLOTS;
    private final PhoneSettings settings;
    private final PhoneListener listener;
    private final List<MediaStream> streams = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    MediaLoop(PhoneSettings settings, PhoneListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("phone-media").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    MediaStream open(PhoneCall call) {
        try {
            MediaStream stream =
                    new MediaStream(
                            settings,
                            key -> {
                                call.keyHeard(key);
                                listener.keyHeard(call, key);
                            });
            streams.add(stream);
            return stream;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for RTP", e);
        }
    }

    void close(PhoneCall call) {
        MediaStream stream = call.media();
        if (stream == null || !streams.remove(stream)) {
            return;
        }
        stream.close();
        Path save = settings.save();
        if (save != null) {
            try {
                Files.write(save, WavWriter.write(stream.heard(), 8000));
            } catch (IOException e) {
                LOG.atError().setCause(e).log("what was heard could not be saved");
            }
        }
    }

    private void run() {
        long dueNs = System.nanoTime();
        for (long slot = 0; !closed; slot++) {
            while (dueNs - System.nanoTime() > 0) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
            int index = 0;
            for (MediaStream stream : streams) {
                if (index++ % SLOTS == slot % SLOTS) {
                    stream.tick();
                }
            }
            dueNs += SLOT_NS;
            if (System.nanoTime() - dueNs > 200_000_000L) {
                dueNs = System.nanoTime();
            }
        }
        streams.forEach(MediaStream::close);
    }

    void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
