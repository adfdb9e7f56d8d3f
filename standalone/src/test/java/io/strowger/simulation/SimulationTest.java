package io.strowger.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/// Thousands of schedules of faults, calls and questions, each from a seed of its own.
/// `-Dstrowger.sim.seed=N` runs one, `-Dstrowger.sim.schedules=N` so many, from
/// `-Dstrowger.sim.from=N` on.
class SimulationTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.strowger");
    private static final Pattern CALLER_SAYS =
            Pattern.compile("\\+155500[12]000 +([a-z]+s(?: [a-z]+)?)");
    private static @Nullable Level before;

    @BeforeAll
    static void saysNothingOfWhatIsToBeExpected() {
        before = LOG.getLevel();
        LOG.setLevel(Level.ERROR);
    }

    @AfterAll
    static void saysAllAgain() {
        LOG.setLevel(before);
    }

    @Test
    void holdsWhateverHappens() {
        Long only = Long.getLong("strowger.sim.seed");
        long from = only == null ? Long.getLong("strowger.sim.from", 1L) : only;
        long count = only == null ? Long.getLong("strowger.sim.schedules", 2_000L) : 1;
        Simulation simulation = new Simulation(Wiring.REAL);

        List<Long> failing =
                LongStream.range(from, from + count)
                        .parallel()
                        .filter(seed -> !simulation.run(Plan.of(seed)).isEmpty())
                        .boxed()
                        .toList();

        if (!failing.isEmpty()) {
            fail(failing + "\n" + simulation.report(Plan.of(failing.getFirst())));
        }
    }

    static List<Wiring> oneThingTakenAway() {
        return List.of(
                new Wiring(false, true, true, true, true),
                new Wiring(true, false, true, true, true),
                new Wiring(true, true, false, true, true),
                new Wiring(true, true, true, false, true),
                new Wiring(true, true, true, true, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneThingTakenAway")
    void findsOutWhatIsMissing(Wiring wiring) {
        Simulation simulation = new Simulation(wiring);
        long seed = 1;
        while (seed <= 500 && simulation.run(Plan.of(seed)).isEmpty()) {
            seed++;
        }

        assertTrue(seed <= 500, "nobody missed it");
    }

    @Test
    void whoCallsInMeetsEverythingThatMayHappen() {
        Simulation simulation = new Simulation(Wiring.REAL);
        Map<String, Integer> met = new TreeMap<>();
        for (long seed = 1; seed <= 200; seed++) {
            for (String line : simulation.run(Plan.of(seed), true).trace()) {
                Matcher said = CALLER_SAYS.matcher(line);
                if (said.find()) {
                    met.merge(said.group(1), 1, Integer::sum);
                }
            }
        }

        for (String what :
                List.of(
                        "calls",
                        "is taken",
                        "is refused",
                        "gives up",
                        "turns to",
                        "hangs up",
                        "is hung")) {
            assertTrue(met.getOrDefault(what, 0) >= 5, what + " in " + met);
        }
    }

    @Test
    void isTheSameForTheSameSeed() {
        Simulation simulation = new Simulation(Wiring.REAL);
        for (long seed = 1; seed <= 20; seed++) {
            List<String> first = simulation.run(Plan.of(seed), true).trace();

            assertEquals(first, simulation.run(Plan.of(seed), true).trace());
        }
    }
}
