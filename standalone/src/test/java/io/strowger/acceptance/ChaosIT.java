package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.standalone.chaos.CallState;
import io.strowger.standalone.chaos.Chaos;
import io.strowger.standalone.chaos.Fault;
import io.strowger.standalone.chaos.Row;
import io.strowger.testsupport.FreePorts;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every fault with calls in every state.
@Tag("chaos")
class ChaosIT {
    @ParameterizedTest
    @ValueSource(longs = 1)
    void noCallAndNoEventIsLost(long seed, @TempDir Path home) throws Exception {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        try (Chaos chaos = Chaos.prepare(out, seed, home, FreePorts.pairs(1000))) {
            List<Row> rows = chaos.run(EnumSet.allOf(Fault.class), EnumSet.allOf(CallState.class));

            assertEquals(List.of(), rows.stream().filter(row -> !row.isGood()).toList());
        }
    }
}
