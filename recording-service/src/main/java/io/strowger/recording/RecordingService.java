package io.strowger.recording;

import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.recording.core.store.RecordingStore;
import io.strowger.recording.core.store.StoreOf;
import io.strowger.recording.shell.finish.FinishPool;
import io.strowger.recording.shell.kafka.RecordingLoop;
import io.strowger.recording.shell.spool.FolderSpool;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.secrets.TokenIssuer;
import io.strowger.runtime.settings.InstanceOrdinal;
import io.strowger.runtime.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// The recording-service: one thread reads `recording.commands` and `recording.audio` and writes
/// the spool, one forces it to disk, two make finished files. Several instances share the
/// partitions.
public final class RecordingService implements Service {
    private static final Duration STOP = Duration.ofSeconds(8);
    private final CrashOnlyLoop loop;

    /// With no store: each recording is refused.
    public RecordingService(ServiceContext context) {
        this(context, RecordingService::noStore);
    }

    /// @param stores where finished recordings go
    public RecordingService(ServiceContext context, StoreOf stores) {
        this(context, stores, () -> URI.create(TokenIssuer.of(context.settings().http()) + "/"));
    }

    /// @param publicUrl of the API, where finished recordings can be had; asked when one is
    ///   finished
    public RecordingService(ServiceContext context, StoreOf stores, Supplier<URI> publicUrl) {
        this(context, stores, publicUrl, InstanceOrdinal.of(-1, System.getenv()));
    }

    /// @param ordinal which instance this is
    RecordingService(ServiceContext context, StoreOf stores, Supplier<URI> publicUrl, int ordinal) {
        Path directory = directory(context.settings());
        this.loop =
                new CrashOnlyLoop(
                        name(),
                        context.health(),
                        new RecordingLoop(
                                context.kafka(),
                                context.telemetry(),
                                name() + "-" + ordinal,
                                () -> new FolderSpool(directory, context.clock()),
                                spool ->
                                        new FinishPool(
                                                stores,
                                                spool,
                                                publicUrl,
                                                context.clock(),
                                                context.telemetry())));
    }

    /// The folder for all of recordings.
    static Path directory(Settings settings) {
        String set = settings.recordings().directory();
        return set.isEmpty() ? settings.dataDir().resolve("recordings") : Path.of(set);
    }

    private static RecordingStore noStore(RecordingSpec spec) throws IOException {
        throw new IOException("recordings have no store in this process: " + spec.recording());
    }

    @Override
    public String name() {
        return "recording-service";
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() throws InterruptedException {
        loop.stop(STOP);
    }
}
