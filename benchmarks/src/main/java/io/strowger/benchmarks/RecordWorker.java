package io.strowger.benchmarks;

import io.strowger.recording.RecordingService;
import io.strowger.recording.shell.store.FileStore;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.log.Logging;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.standalone.platform.Contexts;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// The recording-service in a JVM of its own: `RecordWorker BOOTSTRAP DIRECTORY`.
final class RecordWorker {
    private static final long LOOK_EVERY_NS = 10_000_000;

    private RecordWorker() {}

    public static void main(String[] args) throws Exception {
        Settings settings = SettingsLoader.load(null, Map.of("STROWGER_DATADIR", args[1]));
        Logging.configure(new Settings.Log("WARN", "text"));
        ServiceContext context = Contexts.open(settings, args[0]);
        FileStore store = new FileStore(Path.of(args[1], "finished"));
        RecordingService service = new RecordingService(context, spec -> store);
        service.start();
        while (!context.health().isReady()) {
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
        System.out.println("READY");
        new CountDownLatch(1).await();
    }
}
