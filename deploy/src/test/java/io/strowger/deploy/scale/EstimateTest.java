package io.strowger.deploy.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// The arithmetic, and the table of `docs/scale.md` that it fills.
class EstimateTest {
    private static final int SLOTS = Topics.MEDIA_COMMANDS.layout().fixedPartitions().orElseThrow();

    @Test
    void aWorkerCarriesWhatHalfOfItsCoresCan() {
        Estimate estimate = estimate(1000);

        // 16 cores, half of them, at 1.06 ms a call and second.
        assertEquals(7547, estimate.callsPerWorker());
        assertEquals(1, estimate.workers());
        assertEquals(1, estimate.cells());
    }

    @Test
    void cellsAreAddedWhenTheSlotsOfOneAreTaken() {
        long perWorker = estimate(1).callsPerWorker();

        assertEquals(1, estimate(perWorker * SLOTS).cells());
        assertEquals(2, estimate(perWorker * SLOTS + 1).cells());
    }

    @Test
    void everythingGrowsWithTheLoad() {
        Estimate small = estimate(10_000);
        Estimate large = estimate(1_000_000);

        assertEquals(100, large.mediaGbitPerSecond() / small.mediaGbitPerSecond(), 1e-9);
        assertEquals(100, large.kafkaMBytesPerSecond() / small.kafkaMBytesPerSecond(), 1e-9);
        assertTrue(large.brokers() > small.brokers());
        assertTrue(large.orchestrators() > small.orchestrators());
    }

    @Test
    void aLoadThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Load.ofCalls(0));
        assertThrows(IllegalArgumentException.class, () -> new Load(1, 180, 4, 6, 1.5));
    }

    @Test
    void theTableOfThePageIsWhatThisCalculates() throws IOException {
        StringBuilder table =
                new StringBuilder(
                        "| calls at once | new calls/s | media nodes | cells | orchestrators | cores of services"
                                + " | memory of calls | RTP each way | written to Kafka | brokers | webhooks/s"
                                + " |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (long calls : new long[] {1_000, 10_000, 100_000, 480_000, 1_000_000}) {
            table.append(row(calls));
        }

        String page = Files.readString(Path.of("../docs/scale.md"));

        assertTrue(page.contains(table), "docs/scale.md should contain:\n" + table);
    }

    private static String row(long calls) {
        Estimate needed = estimate(calls);
        return String.format(
                Locale.ROOT,
                "| %,d | %,.0f | %d | %d | %d | %.0f | %.1f GB | %.1f Gbit/s | %.0f MB/s | %d | %,.0f |%n",
                calls,
                Load.ofCalls(calls).arrivalsPerSecond(),
                needed.workers(),
                needed.cells(),
                needed.orchestrators(),
                needed.serviceCores(),
                needed.memoryGBytes(),
                needed.mediaGbitPerSecond(),
                needed.kafkaMBytesPerSecond(),
                needed.brokers(),
                needed.webhooksPerSecond());
    }

    private static Estimate estimate(long calls) {
        return Estimate.of(Load.ofCalls(calls), Measured.standard(), Limits.standard(SLOTS));
    }
}
