package io.strowger.recording;

import io.strowger.contracts.kafka.Topics;
import io.strowger.recording.core.store.StoreOf;
import io.strowger.recording.shell.finish.FinishPool;
import io.strowger.recording.shell.kafka.RecordingLoop;
import io.strowger.recording.shell.spool.FolderSpool;
import io.strowger.recording.shell.store.Stores;
import io.strowger.runtime.kafka.GroupLag;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.secrets.TokenIssuer;
import io.strowger.runtime.settings.InstanceOrdinal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The recording-service: one thread reads `recording.commands` and `recording.audio` and writes
/// the spool, one forces it to disk, two make finished files. Several instances share the
/// partitions.
public final class RecordingService implements Service {
    private static final Duration STOP = Duration.ofSeconds(8);
    private final @Nullable RecordingStorage storage;
    private final CrashOnlyLoop loop;
    private final GroupLag lag;

    /// With the stores that the settings name, and the port where their files can be had.
    public RecordingService(ServiceContext context) {
        this(context, new RecordingStorage(context));
    }

    private RecordingService(ServiceContext context, RecordingStorage storage) {
        this(
                context,
                storage,
                storage.stores()::storeFor,
                publicUrl(context),
                InstanceOrdinal.of(-1, System.getenv()));
    }

    /// Files are kept and not served.
    ///
    /// @param stores where finished recordings go
    public RecordingService(ServiceContext context, StoreOf stores) {
        this(context, stores, publicUrl(context));
    }

    private static Supplier<URI> publicUrl(ServiceContext context) {
        return () -> URI.create(TokenIssuer.of(context.settings().http()) + "/");
    }

    /// @param publicUrl of the API, where finished recordings can be had; asked when one is
    ///   finished
    public RecordingService(ServiceContext context, StoreOf stores, Supplier<URI> publicUrl) {
        this(context, stores, publicUrl, InstanceOrdinal.of(-1, System.getenv()));
    }

    /// @param ordinal which instance this is
    RecordingService(ServiceContext context, StoreOf stores, Supplier<URI> publicUrl, int ordinal) {
        this(context, null, stores, publicUrl, ordinal);
    }

    private RecordingService(
            ServiceContext context,
            @Nullable RecordingStorage storage,
            StoreOf stores,
            Supplier<URI> publicUrl,
            int ordinal) {
        this.storage = storage;
        Path directory = Stores.directory(context.settings());
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
        this.lag =
                new GroupLag(
                        context.kafka(),
                        RecordingLoop.GROUP,
                        List.of(Topics.RECORDING_COMMANDS.name(), Topics.RECORDING_AUDIO.name()),
                        context.telemetry());
    }

    @Override
    public String name() {
        return "recording-service";
    }

    @Override
    public void start() throws Exception {
        if (storage != null) {
            storage.start();
        }
        loop.start();
        lag.start();
    }

    /// Where files are served; 0: they are not, or not yet.
    public int contentPort() {
        return storage == null ? 0 : storage.contentPort();
    }

    @Override
    public void stop() throws Exception {
        lag.close();
        loop.stop(STOP);
        if (storage != null) {
            storage.stop();
        }
    }
}
