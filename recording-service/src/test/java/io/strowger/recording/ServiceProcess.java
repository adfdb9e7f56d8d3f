package io.strowger.recording;

import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.testsupport.TestJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The recording-service in a JVM of its own, to be killed.
final class ServiceProcess {
    private ServiceProcess() {}

    /// The child: bootstrap servers, data directory, store directory.
    public static void main(String[] args) throws Exception {
        KafkaClients kafka =
                new KafkaClients(args[0], RecordingFixture.settings(Path.of(args[1])).kafka());
        RunningService service =
                new RunningService(kafka, Path.of(args[1]), new FolderStore(Path.of(args[2])), 0);
        service.ready();
        System.out.println(TestJvm.READY);
        new CountDownLatch(1).await();
    }

    static TestJvm start(RecordingFixture fixture, Path data, Path store)
            throws IOException, InterruptedException {
        return TestJvm.start(
                ServiceProcess.class,
                List.of("-Xmx128m"),
                fixture.bootstrapServers(),
                data.toString(),
                store.toString());
    }

    /// The file of a recording that is not finished.
    static Path growing(Path data, RecordingSpec spec) {
        return data.resolve("recordings/spool/" + spec.recording() + "/channel-0.wav");
    }
}
