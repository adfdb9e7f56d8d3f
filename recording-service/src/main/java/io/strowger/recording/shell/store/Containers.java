package io.strowger.recording.shell.store;

import io.strowger.recording.core.store.RecordingStore;
import io.strowger.runtime.settings.ContainerUrls;
import io.strowger.runtime.settings.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Buckets of applications' own. Safe for use by many threads.
final class Containers implements AutoCloseable {
    private final Map<Settings.Container, S3Bucket> buckets = new LinkedHashMap<>();
    private final Map<Settings.Container, S3Uploads> uploads = new LinkedHashMap<>();
    private final List<Settings.Container> containers;

    Containers(List<Settings.Container> containers) {
        this.containers = List.copyOf(containers);
        for (Settings.Container container : containers) {
            S3Bucket bucket = S3Bucket.of(container);
            buckets.put(container, bucket);
            uploads.put(container, new S3Uploads(bucket));
        }
    }

    /// Where recordings for a container go; empty: no setting names it or one above it.
    Optional<RecordingStore> storeFor(URI url) {
        return ContainerUrls.containerOf(containers, url).map(container -> store(container, url));
    }

    private RecordingStore store(Settings.Container container, URI url) {
        return new S3Store(
                known(buckets, container),
                known(uploads, container),
                ContainerUrls.place(url).orElseThrow().prefix());
    }

    private static <T> T known(Map<Settings.Container, T> all, Settings.Container container) {
        return Optional.ofNullable(all.get(container)).orElseThrow();
    }

    /// Each container as a whole.
    List<RecordingStore> all() {
        List<RecordingStore> all = new ArrayList<>();
        containers.forEach(container -> all.add(store(container, container.url())));
        return all;
    }

    @Override
    public void close() {
        buckets.values().forEach(S3Bucket::close);
    }
}
