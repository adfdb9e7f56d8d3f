package io.strowger.recording;

import static io.strowger.recording.RecordingFixture.SOON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.recording.RecordingEvent.Finished;
import io.strowger.contracts.recording.RecordingEvent.Opened;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.testsupport.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two instances with a disk each: whoever reads a recording's partition at its end makes the whole
/// file.
class TakeoverIT {
    private static final String ACTIVE = "strowger_recordings_active";
    @TempDir private Path directory;
    private RecordingFixture fixture;
    private FolderStore store;

    @BeforeEach
    void start() throws Exception {
        fixture = new RecordingFixture(directory.resolve("broker"));
        store = new FolderStore(directory.resolve("store"));
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private RunningService instance(int ordinal) throws Exception {
        return new RunningService(
                        fixture.kafka(), directory.resolve("disk-" + ordinal), store, ordinal)
                .ready();
    }

    @Test
    void theOtherTakesOverAndTheFirstTakesBack() throws Exception {
        List<RecordingSpec> specs = Stream.generate(fixture::mixedWav).limit(12).toList();
        RunningService first = instance(0);
        RunningService second = instance(1);
        for (RecordingSpec spec : specs) {
            fixture.open(spec);
        }
        for (RecordingSpec spec : specs) {
            fixture.await(spec, Opened.class);
        }
        try (Feeder feeder = new Feeder(fixture, specs, 50)) {
            Eventually.holds("both record", SOON, () -> active(first) > 0 && active(second) > 0);
            Eventually.holds("some audio", SOON, () -> feeder.chunks() > 60);

            second.close();

            Eventually.holds("the first has all", SOON, () -> active(first) == specs.size());
            int then = feeder.chunks();
            Eventually.holds("some audio more", SOON, () -> feeder.chunks() > then + 60);
            RunningService again = instance(1);
            Eventually.holds("both record again", SOON, () -> active(again) > 0);
            Eventually.holds("still more", SOON, () -> feeder.chunks() > then + 200);
            feeder.close();
            for (RecordingSpec spec : specs) {
                fixture.finish(spec);
            }

            allIsThere(specs);
            again.close();
        } finally {
            first.close();
        }
    }

    @Test
    void aRecordingThatEndsAtTheHandoverIsWholeThough() throws Exception {
        List<RecordingSpec> specs = Stream.generate(fixture::mixedWav).limit(6).toList();
        RunningService first = instance(0);
        try (Feeder feeder = new Feeder(fixture, specs, 10)) {
            Eventually.holds("it records", SOON, () -> active(first) == specs.size());
            Eventually.holds("some audio", SOON, () -> feeder.chunks() > 100);
        }
        Eventually.holds(
                "all is spooled",
                SOON,
                () -> first.meter("strowger_recording_chunks_total", "written") > 500);
        first.close();
        for (RecordingSpec spec : specs) {
            fixture.finish(spec);
        }

        RunningService other = instance(7);

        allIsThere(specs);
        other.close();
    }

    private void allIsThere(List<RecordingSpec> specs) throws Exception {
        Map<RecordingSpec, short[]> onKafka = fixture.onKafka(specs, 0);
        for (RecordingSpec spec : specs) {
            Finished finished = fixture.await(spec, Finished.class);
            short[] file = WavFile.read(store.audioFile(spec.recording())).channels()[0];
            assertArrayEquals(onKafka.get(spec), file);
            assertEquals(44 + 2L * file.length, finished.file().sizeBytes());
        }
    }

    private static double active(RunningService service) {
        return service.meter(ACTIVE, "");
    }
}
