package io.strowger.phone;

import io.strowger.media.wav.WavWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
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

    /// A stream stays in its slot, or its packets would not keep their distance.
    private final List<List<MediaStream>> slots =
            Stream.generate(() -> (List<MediaStream>) new CopyOnWriteArrayList<MediaStream>())
                    .limit(SLOTS)
                    .toList();

    private final MediaStream.Scratch scratch = new MediaStream.Scratch();
    private final AtomicInteger opened = new AtomicInteger();
    private int saved;
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
                            scratch,
                            key -> {
                                call.keyHeard(key);
                                listener.keyHeard(call, key);
                            });
            slots.get(opened.getAndIncrement() % SLOTS).add(stream);
            return stream;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for RTP", e);
        }
    }

    void close(PhoneCall call) {
        MediaStream stream = call.media();
        if (stream == null || slots.stream().noneMatch(slot -> slot.remove(stream))) {
            return;
        }
        stream.close();
        Path save = settings.save();
        if (save != null) {
            try {
                Files.write(numbered(save, ++saved), WavWriter.write(stream.heard(), 8000));
            } catch (IOException e) {
                LOG.atError().setCause(e).log("what was heard could not be saved");
            }
        }
    }

    /// `heard.wav`, `heard-2.wav`, `heard-3.wav`...
    static Path numbered(Path path, int number) {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        return number == 1
                ? path
                : path.resolveSibling(stem + "-" + number + name.substring(stem.length()));
    }

    private void run() {
        long dueNs = System.nanoTime();
        for (int slot = 0; !closed; slot = (slot + 1) % SLOTS) {
            while (dueNs - System.nanoTime() > 0) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
            for (MediaStream stream : slots.get(slot)) {
                stream.tick();
            }
            dueNs += SLOT_NS;
            if (System.nanoTime() - dueNs > 200_000_000L) {
                dueNs = System.nanoTime();
            }
        }
        slots.forEach(slot -> slot.forEach(MediaStream::close));
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
