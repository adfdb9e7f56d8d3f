package io.strowger.simulation;

import java.util.Arrays;
import java.util.List;

/// Runs schedules, and makes a failing one as short as it can be.
final class Simulation {
    /// Beyond it, a failing schedule is not made any shorter.
    private static final int MOST_ATTEMPTS = 150;

    private final Wiring wiring;

    Simulation(Wiring wiring) {
        this.wiring = wiring;
    }

    /// @return what was wrong; empty: nothing
    List<String> run(Plan plan) {
        return run(plan, false).judge.wrongs();
    }

    World run(Plan plan, boolean tracing) {
        World world = new World(plan, wiring, tracing);
        try {
            world.run();
        } catch (RuntimeException | AssertionError e) {
            world.judge.broken("the simulation", e);
            if (tracing) {
                world.trace("judge", () -> Arrays.toString(e.getStackTrace()));
            }
        }
        return world;
    }

    /// The plan without whatever can be left out of it and it still fails.
    Plan shortest(Plan failing) {
        Plan shortest = failing;
        int attempts = 0;
        boolean shorter = true;
        while (shorter && attempts < MOST_ATTEMPTS) {
            shorter = false;
            for (Plan.Fault fault : shortest.faults()) {
                Plan without = shortest.only(one -> !one.equals(fault), one -> true, one -> true);
                if (attempts++ < MOST_ATTEMPTS && !run(without).isEmpty()) {
                    shortest = without;
                    shorter = true;
                }
            }
            for (Plan.Ask ask : shortest.asks()) {
                Plan without = shortest.only(one -> true, one -> !one.equals(ask), one -> true);
                if (attempts++ < MOST_ATTEMPTS && !run(without).isEmpty()) {
                    shortest = without;
                    shorter = true;
                }
            }
            for (Plan.Coming coming : shortest.coming()) {
                Plan without = shortest.only(one -> true, one -> true, one -> !one.equals(coming));
                if (attempts++ < MOST_ATTEMPTS && !run(without).isEmpty()) {
                    shortest = without;
                    shorter = true;
                }
            }
        }
        return shortest;
    }

    /// For people: what is wrong with the shortest form, its plan, its trace, how to see it again.
    String report(Plan failing) {
        List<String> wrongs = run(failing);
        Plan shortest = shortest(failing);
        World world = run(shortest, true);
        StringBuilder text = new StringBuilder();
        text.append("seed ").append(failing.seed()).append(": ").append(wrongs);
        text.append("\nshortest: ").append(world.judge.wrongs()).append("\nplan:");
        shortest.faults().forEach(fault -> text.append("\n  ").append(fault));
        shortest.asks().forEach(ask -> text.append("\n  ").append(ask));
        shortest.coming().forEach(coming -> text.append("\n  ").append(coming));
        text.append("\ntrace:");
        world.trace().forEach(line -> text.append("\n  ").append(line));
        text.append("\nagain: mvn test -pl standalone -Dtest=SimulationTest -Dstrowger.sim.seed=")
                .append(failing.seed());
        return text.toString();
    }
}
