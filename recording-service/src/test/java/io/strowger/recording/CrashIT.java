package io.strowger.recording;

import static io.strowger.recording.RecordingFixture.SOON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.recording.RecordingEvent.Finished;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.TestJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills the service with audio on its way and commands under way: what is on Kafka is in the file,
/// to the last bit.
class CrashIT {
    private static final long SEED = 20_260_102;
    private static final int KILLS = 4;

    @Test
    void nothingIsLostWhenTheServiceIsKilledAtAnyMoment(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        FolderStore store = new FolderStore(directory.resolve("store"));
        Random random = new Random(SEED);
        try (RecordingFixture fixture = new RecordingFixture(directory.resolve("broker"))) {
            List<RecordingSpec> specs = Stream.generate(fixture::mixedWav).limit(8).toList();
            for (RecordingSpec spec : specs) {
                fixture.open(spec);
            }
            TestJvm service = ServiceProcess.start(fixture, data, directory.resolve("store"));
            try (Feeder feeder = new Feeder(fixture, specs, 20)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    int until = feeder.chunks() + 60 + random.nextInt(160);
                    Eventually.holds("audio", SOON, () -> feeder.chunks() >= until);
                    service.kill();
                    tell("killed", fixture, data, specs.getFirst());
                    service = ServiceProcess.start(fixture, data, directory.resolve("store"));
                }
            }
            for (RecordingSpec spec : specs) {
                fixture.finish(spec);
            }
            Eventually.holds(
                    "the first file",
                    SOON,
                    () -> specs.stream().anyMatch(one -> isThere(store, one)));
            service.kill();
            service = ServiceProcess.start(fixture, data, directory.resolve("store"));

            Map<RecordingSpec, short[]> onKafka = fixture.onKafka(specs, 0);
            for (RecordingSpec spec : specs) {
                fixture.await(spec, Finished.class);
                short[] file = WavFile.read(store.audioFile(spec.recording())).channels()[0];
                short[] kafka = Objects.requireNonNull(onKafka.get(spec));
                System.out.printf(
                        "finished: %d samples on Kafka, %d in the file%n",
                        kafka.length, file.length);
                assertArrayEquals(kafka, file);
            }
            short[] first = Objects.requireNonNull(onKafka.get(specs.getFirst()));
            assertTrue(first.length > KILLS * 60 * 1600);
            service.kill();
        }
    }

    private static boolean isThere(FolderStore store, RecordingSpec spec) {
        return Files.exists(store.metadataFile(spec.recording()));
    }

    private static void tell(String what, RecordingFixture fixture, Path data, RecordingSpec spec)
            throws Exception {
        Path growing = ServiceProcess.growing(data, spec);
        System.out.printf(
                "%s: %d samples on Kafka, %d written, %d playable%n",
                what,
                fixture.onKafka(spec, 0).length,
                Files.exists(growing) ? (Files.size(growing) - 44) / 2 : 0,
                Files.exists(growing) ? WavFile.read(growing).channels()[0].length : 0);
    }
}
