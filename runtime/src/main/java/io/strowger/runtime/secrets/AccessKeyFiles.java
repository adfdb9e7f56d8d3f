package io.strowger.runtime.secrets;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The access keys that count now. Those of `auth.accessKeyFiles` are read again every second, on a
/// thread of their own; others never change. Contents are compared, not times or inodes: a mounted
/// Secret changes by the swap of a symbolic link above the files, which a watch of them misses.
///
/// A file that is missing, empty or no base64 gives no key: what was taken away must not work on. A
/// file that is there and cannot be read gives the key that it gave before, as the fault is this
/// machine's and says nothing about the key.
public final class AccessKeyFiles implements Supplier<List<byte[]>>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessKeyFiles.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int MOST_BYTES = 4096;
    private final List<Slot> slots;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile List<byte[]> current;

    /// One file, and what it gave last.
    private static final class Slot {
        private final Path file;
        private byte[] key = {};
        private String fault = "";

        Slot(Path file) {
            this.file = file;
        }

        /// Reads again and logs a new fault once.
        ///
        /// @return whether the key is another one
        boolean changed() {
            byte[] before = key;
            String faultBefore = fault;
            read();
            if (!fault.isEmpty() && !fault.equals(faultBefore)) {
                LOG.atError()
                        .addKeyValue("file", file)
                        .addKeyValue("reason", fault)
                        .log("access key file gives no new key");
            }
            return !MessageDigest.isEqual(before, key);
        }

        private void read() {
            try (var in = Files.newInputStream(file)) {
                String text =
                        new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII).strip();
                key = Base64.getDecoder().decode(text);
                fault = text.isEmpty() ? "empty" : "";
            } catch (NoSuchFileException e) {
                key = new byte[0];
                fault = "missing";
            } catch (IllegalArgumentException e) {
                key = new byte[0];
                fault = "not base64";
            } catch (IOException e) {
                fault = "unreadable: " + e.getClass().getSimpleName();
            }
        }
    }

    private AccessKeyFiles(List<Path> files, List<byte[]> atStart) {
        this.slots = files.stream().map(Slot::new).toList();
        this.current = atStart;
    }

    /// Begins to watch, if there is something to watch.
    ///
    /// @param atStart what counts without files
    public static AccessKeyFiles watch(Settings settings, List<byte[]> atStart) {
        List<Path> paths = paths(settings);
        // Nothing of the start counts beside files: they may have gone since.
        AccessKeyFiles files = new AccessKeyFiles(paths, paths.isEmpty() ? atStart : List.of());
        if (!files.slots.isEmpty()) {
            files.readAgain();
            Thread.ofPlatform().daemon().name("access-keys").start(files::readForEver);
        }
        return files;
    }

    /// @throws SettingsException when no file gives a key
    static List<byte[]> readAtStart(Settings settings) {
        AccessKeyFiles files = new AccessKeyFiles(paths(settings), List.of());
        files.readAgain();
        if (files.get().isEmpty()) {
            throw new SettingsException(
                    "auth.accessKeyFiles is "
                            + settings.auth().accessKeyFiles()
                            + ": allowed is files of which one has a base64 key at least");
        }
        return files.get();
    }

    /// What a file gives at this moment.
    ///
    /// @param key empty: none
    /// @param fault why none; empty: there is one
    public record Found(Path file, byte[] key, String fault) {
        @Override
        public String toString() {
            return "Found[" + file + ", " + fault + "]";
        }
    }

    /// Reads the files once, in the order of the settings. Blocks.
    public static List<Found> look(Settings settings) {
        List<Slot> slots = paths(settings).stream().map(Slot::new).toList();
        slots.forEach(Slot::read);
        return slots.stream().map(slot -> new Found(slot.file, slot.key, slot.fault)).toList();
    }

    private static List<Path> paths(Settings settings) {
        return settings.auth().accessKeyFiles().stream().map(Path::of).toList();
    }

    /// The keys that count now; the same list until they change. Never blocks, for any thread.
    @Override
    public List<byte[]> get() {
        return current;
    }

    private void readForEver() {
        try {
            while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (readAgain()) {
                    LOG.atInfo().addKeyValue("keys", current.size()).log("access keys changed");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean readAgain() {
        boolean changed = false;
        for (Slot slot : slots) {
            changed |= slot.changed();
        }
        if (changed) {
            List<byte[]> keys = new ArrayList<>();
            slots.stream().map(slot -> slot.key).filter(key -> key.length > 0).forEach(keys::add);
            current = List.copyOf(keys);
        }
        return changed;
    }

    /// Asks the watch to end, without waiting for it; what counted last counts on.
    @Override
    public void close() {
        closing.countDown();
    }
}
