package io.strowger.recording.shell.finish;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.kafka.Json;
import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.recording.core.finish.Finisher;
import io.strowger.recording.core.finish.Locations;
import io.strowger.recording.core.finish.RecordingMetadata;
import io.strowger.recording.core.spool.Place;
import io.strowger.recording.core.spool.Spool;
import io.strowger.recording.core.store.RecordingStore;
import io.strowger.recording.core.store.RecordingStore.StoredRecording;
import io.strowger.recording.core.store.StoreOf;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.telemetry.Telemetry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Two threads that build and store files. A recording whose store is down gives its thread free
/// until it is tried again: after 1 s, then twice as long each time, at most a minute.
public final class FinishPool implements Finisher {
    private static final Logger LOG = LoggerFactory.getLogger(FinishPool.class);
    private static final int THREADS = 2;
    private static final long FIRST_PAUSE_MS = 1000;
    private static final long LONGEST_PAUSE_MS = 60_000;
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private final StoreOf stores;
    private final Spool spool;
    private final Supplier<URI> publicUrl;
    private final InstantSource clock;
    private final Telemetry telemetry;
    private final AtomicLong built = new AtomicLong();
    private final AtomicBoolean down = new AtomicBoolean();
    private final Map<RecordingId, CompletableFuture<Void>> advancing = new ConcurrentHashMap<>();
    private final ExecutorService checks = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledThreadPoolExecutor workers =
            new ScheduledThreadPoolExecutor(
                    THREADS, Thread.ofPlatform().name("recording-finish-", 0).factory());

    /// @param publicUrl of the API; asked when a recording is finished
    public FinishPool(
            StoreOf stores,
            Spool spool,
            Supplier<URI> publicUrl,
            InstantSource clock,
            Telemetry telemetry) {
        this.stores = stores;
        this.spool = spool;
        this.publicUrl = publicUrl;
        this.clock = clock;
        this.telemetry = telemetry;
        workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void check(RecordingSpec spec, Consumer<Optional<String>> refusal) {
        checks.execute(() -> refusal.accept(refusal(spec)));
    }

    private Optional<String> refusal(RecordingSpec spec) {
        try {
            stores.storeFor(spec).ensureWritable();
            spool.ensureWritable();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            telemetry.counter(Telemetry.RECORDING_FAILURES, "place", Place.STORE).increment();
            LOG.atError()
                    .setCause(e)
                    .addKeyValue(LogFields.SERVER_CALL_ID, spec.recording().call())
                    .log("a recording cannot be stored and is refused");
            return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    @Override
    public void advance(RecordingSpec spec, Path growing, long stableBytes) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        if (advancing.putIfAbsent(spec.recording(), ended) != null) {
            return; // still at it
        }
        checks.execute(() -> {
            try {
                stores.storeFor(spec).advance(spec.recording(), growing, stableBytes);
            } catch (IOException | RuntimeException e) {
                telemetry.counter(Telemetry.RECORDING_FAILURES, "place", Place.STORE).increment();
                LOG.atDebug().setCause(e).log("a growing file could not be sent ahead");
            } finally {
                advancing.remove(spec.recording(), ended);
                ended.complete(null);
            }
        });
    }

    /// So that a store has one thing to do with a recording at a time.
    private void awaitAdvance(RecordingSpec spec) throws IOException {
        CompletableFuture<Void> advance = advancing.get(spec.recording());
        try {
            if (advance != null) {
                advance.get(LONGEST_PAUSE_MS, TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the store is slow to take a growing file", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void find(RecordingSpec spec, Consumer<Optional<RecordingFile>> found) {
        untilItWorks(spec, () -> found.accept(find(spec)));
    }

    private Optional<RecordingFile> find(RecordingSpec spec) throws IOException {
        RecordingStore store = stores.storeFor(spec);
        Optional<StoredRecording> stored = store.find(spec.recording());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        RecordingMetadata metadata =
                Json.mapper().readValue(store.metadata(stored.get()), RecordingMetadata.class);
        return Optional.of(Locations.of(spec, metadata, publicUrl.get()));
    }

    @Override
    public void finish(Job job, Consumer<Outcome> outcome) {
        RecordingSpec spec = job.plan().finish().spec();
        Optional<String> impossible = job.plan().impossible();
        if (impossible.isPresent()) {
            workers.execute(() -> outcome.accept(new Impossible(impossible.get())));
            return;
        }
        Workpiece workpiece = new Workpiece(job);
        untilItWorks(
                spec,
                () -> {
                    if (job.wanted().getAsBoolean()) {
                        outcome.accept(store(workpiece, spec));
                    }
                });
    }

    /// A file that is made once, however often its store fails.
    private final class Workpiece {
        private final Job job;
        private FileBuilder.@Nullable Built made;

        Workpiece(Job job) {
            this.job = job;
        }

        FileBuilder.Built file() throws IOException {
            FileBuilder.Built known = made;
            if (known == null || !Files.exists(known.audio())) {
                known = FileBuilder.build(job.plan(), job.folder(), nextName());
                made = known;
            }
            return known;
        }
    }

    /// Another one than an attempt of an earlier life has, should it still be at work.
    private String nextName() {
        return "final-" + System.nanoTime() + "-" + built.incrementAndGet();
    }

    private Outcome store(Workpiece workpiece, RecordingSpec spec) throws IOException {
        Job job = workpiece.job;
        FileBuilder.Built file;
        try {
            file = workpiece.file();
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue(LogFields.SERVER_CALL_ID, spec.recording().call())
                    .log("the file of a recording cannot be made");
            return new Impossible("the file cannot be made: " + e);
        }
        awaitAdvance(spec);
        RecordingMetadata metadata = RecordingMetadata.of(job.plan(), file.made(), clock.instant());
        stores.storeFor(spec)
                .put(
                        spec.recording(),
                        file.audio(),
                        file.contentType(),
                        Json.mapper().writeValueAsBytes(metadata));
        return new Stored(Locations.of(spec, metadata, publicUrl.get()));
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void untilItWorks(RecordingSpec spec, Attempt attempt) {
        workers.execute(() -> attempt(spec, attempt, FIRST_PAUSE_MS));
    }

    private void attempt(RecordingSpec spec, Attempt attempt, long pauseMs) {
        try {
            attempt.run();
            if (down.compareAndSet(true, false)) {
                LOG.atInfo().log("recordings are stored again");
            }
        } catch (IOException | RuntimeException e) {
            if (workers.isShutdown()) {
                return;
            }
            failed(spec, e);
            workers.schedule(
                    () -> attempt(spec, attempt, Math.min(2 * pauseMs, LONGEST_PAUSE_MS)),
                    pauseMs,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void failed(RecordingSpec spec, Exception e) {
        telemetry.counter(Telemetry.RECORDING_FAILURES, "place", Place.STORE).increment();
        boolean first = down.compareAndSet(false, true);
        (first ? LOG.atError().setCause(e) : LOG.atDebug())
                .addKeyValue(LogFields.SERVER_CALL_ID, spec.recording().call())
                .addKeyValue(LogFields.REASON, String.valueOf(e.getMessage()))
                .log("a finished recording cannot be stored yet: it waits in the spool");
    }

    @Override
    public void close() {
        checks.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
                workers.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
