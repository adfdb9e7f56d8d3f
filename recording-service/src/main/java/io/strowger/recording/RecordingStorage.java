package io.strowger.recording;

import io.strowger.recording.shell.content.ContentServer;
import io.strowger.recording.shell.store.RetentionLoop;
import io.strowger.recording.shell.store.Stores;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import java.time.Duration;

/// What the recording-service does with finished recordings: keeps them, serves them, deletes them
/// in time. Started and stopped once, by one thread.
final class RecordingStorage {
    private static final Duration STOP = Duration.ofSeconds(5);
    private final Stores stores;
    private final ContentServer content;
    private final CrashOnlyLoop retention;
    private final Health.Check check;

    RecordingStorage(ServiceContext context) {
        this.stores = Stores.of(context.settings());
        this.content = new ContentServer(context, stores.own());
        this.retention =
                new CrashOnlyLoop(
                        "recording-retention",
                        context.health(),
                        new RetentionLoop(
                                stores, context.settings(), context.telemetry(), context.clock()));
        this.check = context.health().check("recording-content");
    }

    Stores stores() {
        return stores;
    }

    /// Where recordings are served; 0: not started.
    int contentPort() {
        return content.port();
    }

    void start() throws Exception {
        content.start();
        retention.start();
        check.up();
    }

    /// Also after a start that failed.
    void stop() throws Exception {
        check.down("stopping");
        try {
            retention.stop(STOP);
            content.stop();
        } finally {
            stores.close();
        }
    }
}
