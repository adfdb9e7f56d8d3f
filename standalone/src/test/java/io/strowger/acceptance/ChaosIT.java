package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.standalone.chaos.CallState;
import io.strowger.standalone.chaos.Chaos;
import io.strowger.standalone.chaos.Fault;
import io.strowger.standalone.chaos.LegKind;
import io.strowger.standalone.chaos.Plan;
import io.strowger.standalone.chaos.Row;
import io.strowger.testsupport.FreePorts;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Some of the faults with calls in every state over every kind of leg; `strowger chaos` has all.
@Isolated
@Tag("chaos")
class ChaosIT {
    @ParameterizedTest
    @ValueSource(longs = 1)
    void noCallAndNoEventIsLost(long seed, @TempDir Path home) throws Exception {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        Plan plan =
                new Plan(
                        EnumSet.of(
                                Fault.KILL_WORKER,
                                Fault.DRAIN_WORKER,
                                Fault.FREEZE_WORKER,
                                Fault.KILL_ORCHESTRATOR,
                                Fault.BROKERS_AWAY),
                        EnumSet.allOf(CallState.class),
                        EnumSet.allOf(LegKind.class),
                        1,
                        seed);
        try (Chaos chaos = Chaos.prepare(out, plan, home, FreePorts.pairs(1000))) {
            List<Row> rows = chaos.run();

            assertEquals(List.of(), rows.stream().filter(row -> !row.isGood()).toList());
        }
    }
}
