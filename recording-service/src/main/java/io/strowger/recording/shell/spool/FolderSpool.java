package io.strowger.recording.shell.spool;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.kafka.Json;
import io.strowger.recording.core.spool.Spool;
import io.strowger.recording.core.spool.SpoolState;
import io.strowger.recording.core.spool.SpooledRecording;
import io.strowger.recording.shell.disk.Disk;
import io.strowger.runtime.log.LogFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `DIRECTORY/spool/RECORDING/`: a folder for each recording that is not finished. Writing is done
/// by the caller's thread, forcing by one of its own, so that a slow disk does not keep the log
/// unread.
public final class FolderSpool implements Spool {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSpool.class);
    private static final int MOST_OPEN_FILES = 256;
    private static final int PROOF_BYTES = 1 << 16;
    private static final long CLOSE_SECONDS = 30;
    private final Path directory;
    private final Path failed;
    private final InstantSource clock;
    private final OpenFiles files = new OpenFiles(MOST_OPEN_FILES);
    private final ExecutorService forcing =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("recording-spool").factory());

    /// @param recordings the folder for all of recordings; made when missing
    public FolderSpool(Path recordings, InstantSource clock) {
        this.directory = recordings.resolve("spool");
        this.failed = recordings.resolve("failed");
        this.clock = clock;
    }

    @Override
    public void ensureWritable() throws IOException {
        Files.createDirectories(directory);
        Path proof = Files.createTempFile(directory, "proof", ".tmp");
        try {
            Files.write(proof, new byte[PROOF_BYTES]);
        } finally {
            Files.deleteIfExists(proof);
        }
    }

    @Override
    public List<SpooledRecording> load(int partition) throws IOException {
        Files.createDirectories(directory);
        List<SpooledRecording> found = new ArrayList<>();
        for (Path folder : Disk.list(directory)) {
            if (Files.isDirectory(folder)) {
                Optional<FolderRecording> one = read(folder, partition);
                if (one.isPresent()) {
                    one.get().load();
                    found.add(one.get());
                }
            }
        }
        return found;
    }

    private Optional<FolderRecording> read(Path folder, int partition) throws IOException {
        Path file = folder.resolve(FolderRecording.STATE);
        try {
            RecordingId recording = RecordingId.parse(folder.getFileName().toString());
            SpoolState state = Json.mapper().readValue(file.toFile(), SpoolState.class);
            return state.partition() == partition
                    ? Optional.of(new FolderRecording(recording, folder, files, state))
                    : Optional.empty();
        } catch (IllegalArgumentException | IOException e) {
            // What it held is read again from the log.
            if (partition == 0) {
                LOG.atWarn()
                        .addKeyValue("folder", folder)
                        .addKeyValue(LogFields.REASON, e.getMessage())
                        .log("not the folder of a recording, passed over");
            }
            return Optional.empty();
        }
    }

    @Override
    public SpooledRecording begin(
            RecordingId recording, int partition, Instant startedAt, int sampleRate)
            throws IOException {
        Path folder = directory.resolve(recording.toString());
        Disk.delete(folder);
        Files.createDirectories(folder);
        FolderRecording begun =
                new FolderRecording(
                        recording,
                        folder,
                        files,
                        SpoolState.fresh(partition, startedAt, sampleRate));
        begun.keep(begun.state());
        Disk.forceFolder(directory);
        return begun;
    }

    @Override
    public CompletableFuture<Void> force(Collection<SpooledRecording> recordings)
            throws IOException {
        List<FolderRecording.Forcing> all = new ArrayList<>();
        for (SpooledRecording one : recordings) {
            FolderRecording recording = own(one);
            if (recording.isDirty()) {
                all.add(recording.prepare());
            }
        }
        return all.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> force(all), forcing);
    }

    private static void force(List<FolderRecording.Forcing> all) {
        try {
            for (FolderRecording.Forcing one : all) {
                FolderRecording.force(one);
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void release(SpooledRecording recording) throws IOException {
        files.closeIn(recording.folder());
    }

    @Override
    public void delete(SpooledRecording recording) throws IOException {
        release(recording);
        Disk.delete(recording.folder());
    }

    @Override
    public String putAside(SpooledRecording recording) throws IOException {
        release(recording);
        Path to = failed.resolve(recording.recording().toString());
        Files.createDirectories(failed);
        Disk.delete(to);
        Files.move(recording.folder(), to, StandardCopyOption.ATOMIC_MOVE);
        return to.toString();
    }

    @Override
    public boolean isIdle(SpooledRecording recording, Duration time) throws IOException {
        Instant since = clock.instant().minus(time);
        for (Path file : Disk.list(recording.folder())) {
            if (Files.getLastModifiedTime(file).toInstant().isAfter(since)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public OptionalLong covered(int partition) throws IOException {
        Path file = offsetFile(partition);
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        String text = Files.readString(file).strip();
        return text.matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    /// Not forced: what is older than the audio only lets more be read again.
    @Override
    public void cover(int partition, long offset) throws IOException {
        Disk.replaceUnforced(
                offsetFile(partition), Long.toString(offset).getBytes(StandardCharsets.UTF_8));
    }

    private Path offsetFile(int partition) {
        return directory.resolve("partition-" + partition + ".offset");
    }

    private static FolderRecording own(SpooledRecording recording) {
        if (recording instanceof FolderRecording own) {
            return own;
        }
        throw new IllegalArgumentException("not of this spool: " + recording.recording());
    }

    @Override
    public void close() {
        forcing.shutdown();
        try {
            if (!forcing.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.atWarn().log("the disk takes long: what is not safe is written again");
            }
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
