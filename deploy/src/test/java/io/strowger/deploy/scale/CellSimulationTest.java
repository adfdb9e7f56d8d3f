package io.strowger.deploy.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.kafka.Topics;
import io.strowger.deploy.scale.CellSimulation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Cells call by call, and the table of `docs/scale.md` that they fill.
class CellSimulationTest {
    private static final Limits LIMITS =
            Limits.standard(Topics.MEDIA_COMMANDS.layout().fixedPartitions().orElseThrow());

    private static Outcome run(long calls, long seed) {
        return CellSimulation.run(Load.ofCalls(calls), Measured.standard(), LIMITS, seed);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        assertEquals(run(3_000, 7), run(3_000, 7));
        assertTrue(!run(3_000, 7).equals(run(3_000, 8)));
    }

    @Test
    void aLostZoneIsCarriedByTheOthers() {
        Outcome outcome = run(100_000, 1);

        assertEquals(100_000 / 3.0, outcome.movedCalls(), 5_000);
        assertTrue(outcome.fullestAfter() < 2, outcome.toString()); // half of all was left free
        assertTrue(outcome.lastMovedMs() > 1500);
    }

    @Test
    void theTableOfThePageIsWhatThisSimulates() throws IOException {
        StringBuilder table =
                new StringBuilder(
                        "| calls at once | fullest worker | busiest partition | a decision waits, p50 / p99"
                                + " | calls of a zone | the last is elsewhere after | fullest worker then |\n"
                                + "|---|---|---|---|---|---|---|\n");
        table.append(row("10,000", run(10_000, 1)));
        table.append(row("100,000", run(100_000, 1)));
        for (int cell = 1; cell <= 3; cell++) {
            table.append(row("1,000,000, cell " + cell + " of 3", run(333_333, cell)));
        }

        String page = Files.readString(Path.of("../docs/scale.md"));

        assertTrue(page.contains(table), "docs/scale.md should contain:\n" + table);
    }

    private static String row(String calls, Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f x mean | %.2f x mean | %.1f / %.1f ms | %,d | %.1f s | %.0f %% of its plan |%n",
                calls,
                outcome.fullestWorker(),
                outcome.busiestPartition(),
                outcome.waitP50Ms(),
                outcome.waitP99Ms(),
                outcome.movedCalls(),
                outcome.lastMovedMs() / 1000,
                100 * outcome.fullestAfter());
    }
}
