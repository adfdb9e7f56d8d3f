package io.strowger.recording.shell.store;

import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.recording.core.store.RecordingStore;
import io.strowger.runtime.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// The stores that the settings name: the installation's own, and applications' containers. Made
/// once in a process; nothing is asked of them before they are used. Safe for use by many threads.
public final class Stores implements AutoCloseable {
    private final RecordingStore own;
    private final Containers containers;
    private final AutoCloseable ownClient;

    private Stores(RecordingStore own, AutoCloseable ownClient, Containers containers) {
        this.own = own;
        this.ownClient = ownClient;
        this.containers = containers;
    }

    public static Stores of(Settings settings) {
        Settings.Recordings set = settings.recordings();
        Containers containers = new Containers(set.containers());
        if (set.store().equals("file")) {
            return new Stores(new FileStore(directory(settings)), () -> {}, containers);
        }
        S3Bucket bucket = S3Bucket.own(set.s3());
        return new Stores(
                new S3Store(bucket, new S3Uploads(bucket), set.s3().prefix()), bucket, containers);
    }

    /// The folder of recordings: those that grow, and finished ones when they are kept in files.
    public static Path directory(Settings settings) {
        String set = settings.recordings().directory();
        return set.isEmpty() ? settings.dataDir().resolve("recordings") : Path.of(set);
    }

    /// The installation's own: what is served, and deleted in time.
    public RecordingStore own() {
        return own;
    }

    /// Where a recording goes.
    ///
    /// @throws IOException when it names a container that the settings do not
    public RecordingStore storeFor(RecordingSpec spec) throws IOException {
        URI container = spec.container();
        return container == null
                ? own
                : containers
                        .storeFor(container)
                        .orElseThrow(() ->
                                new IOException(
                                        container
                                                + " is not in recordings.containers of the"
                                                + " recording-service, nor below one of them"));
    }

    /// The containers that the settings name, each as a whole.
    List<RecordingStore> ofApplications() {
        return containers.all();
    }

    @Override
    public void close() throws Exception {
        containers.close();
        ownClient.close();
    }
}
