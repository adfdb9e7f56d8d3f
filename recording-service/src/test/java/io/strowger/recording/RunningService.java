package io.strowger.recording;

import io.strowger.recording.core.store.RecordingStore;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.secrets.PlatformSecretsStore;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.TestContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;

/// One instance of the recording-service with a disk of its own.
final class RunningService implements AutoCloseable {
    final Health health = new Health();
    final Telemetry telemetry = new Telemetry();
    final Path spool;
    private final RecordingService service;

    RunningService(KafkaClients kafka, Path data, RecordingStore store, int ordinal)
            throws Exception {
        Settings settings = RecordingFixture.settings(data);
        spool = data.resolve("recordings/spool");
        service =
                new RecordingService(
                        TestContext.of(
                                settings,
                                kafka,
                                new PlatformSecretsStore(kafka).load(settings),
                                health,
                                telemetry),
                        spec -> store,
                        () -> URI.create(settings.http().publicUrl()),
                        ordinal);
        service.start();
    }

    RunningService ready() {
        Eventually.holds("ready", RecordingFixture.SOON, health::isReady);
        return this;
    }

    /// The value of a meter, all labels together; 0: it has none yet.
    double meter(String name, String label) {
        return Arrays.stream(telemetry.scrape().split("\n"))
                .filter(line -> line.startsWith(name) && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Override
    public void close() throws Exception {
        service.stop();
    }
}
