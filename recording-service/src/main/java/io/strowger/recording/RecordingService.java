package io.strowger.recording;

import io.strowger.recording.shell.kafka.CommandLoop;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.InstanceOrdinal;
import java.time.Duration;

/// The recording-service: one thread on `recording.commands`. It does not record yet: there is no
/// command that it can read, so each record goes to the dead letters with the reason, and nothing
/// is lost silently.
public final class RecordingService implements Service {
    private static final Duration STOP = Duration.ofSeconds(5);
    private final RecordingStorage storage;
    private final CrashOnlyLoop loop;

    public RecordingService(ServiceContext context) {
        String instance = name() + "-" + InstanceOrdinal.of(-1, System.getenv());
        this.storage = new RecordingStorage(context);
        this.loop =
                new CrashOnlyLoop(
                        name(),
                        context.health(),
                        new CommandLoop(context.kafka(), context.telemetry(), instance));
    }

    @Override
    public String name() {
        return "recording-service";
    }

    @Override
    public void start() throws Exception {
        storage.start();
        loop.start();
    }

    /// Where recordings are served; 0: not started.
    public int contentPort() {
        return storage.contentPort();
    }

    @Override
    public void stop() throws Exception {
        loop.stop(STOP);
        storage.stop();
    }
}
