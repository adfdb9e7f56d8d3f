package io.strowger.recording;

import static io.strowger.recording.RecordingFixture.RATE;
import static io.strowger.recording.RecordingFixture.SOON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.recording.RecordingEvent.Finished;
import io.strowger.contracts.recording.RecordingEvent.OpenFailed;
import io.strowger.contracts.recording.RecordingEvent.Opened;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.media.tone.Tones;
import io.strowger.testsupport.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that cannot be written: what runs waits in Kafka, what begins is refused.
class UnwritableSpoolIT {
    private static final String FAILURES = "strowger_recording_failures_total";

    @Test
    void audioWaitsInKafkaUntilTheDiskIsBack(@TempDir Path directory) throws Exception {
        FolderStore store = new FolderStore(directory.resolve("store"));
        try (RecordingFixture fixture = new RecordingFixture(directory.resolve("broker"));
                RunningService service =
                        new RunningService(fixture.kafka(), directory.resolve("data"), store, 0)
                                .ready()) {
            short[] tone = Tones.sine(440, 1000, 8000);
            RecordingSpec running = fixture.mixedWav();
            fixture.open(running);
            fixture.await(running, Opened.class);
            fixture.audio(running, 0, tone);
            Eventually.holds(
                    "it is spooled",
                    SOON,
                    () -> service.meter("strowger_recording_chunks_total", "written") == 5);

            Path away = service.spool.resolveSibling("away");
            Files.move(service.spool, away);
            Files.writeString(service.spool, "not a folder");
            fixture.audio(running, RATE, tone);
            RecordingSpec unannounced = fixture.mixedWav();
            fixture.audio(unannounced, 0, tone);
            RecordingSpec refused = fixture.mixedWav();
            fixture.open(refused);
            fixture.await(refused, OpenFailed.class);
            Eventually.holds("it fails", SOON, () -> service.meter(FAILURES, "spool") >= 2);
            fixture.finish(running);
            fixture.finish(unannounced);
            assertTrue(service.health.isReady());

            Files.delete(service.spool);
            Files.move(away, service.spool);

            for (RecordingSpec spec : new RecordingSpec[] {running, unannounced}) {
                fixture.await(spec, Finished.class);
                assertArrayEquals(
                        fixture.onKafka(spec, 0),
                        WavFile.read(store.audioFile(spec.recording())).channels()[0]);
            }
        }
    }
}
