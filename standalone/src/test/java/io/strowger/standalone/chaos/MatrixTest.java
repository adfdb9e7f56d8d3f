package io.strowger.standalone.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.standalone.chaos.Row.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatrixTest {
    private static Row row(CallState state, Outcome outcome, List<Long> gapsMs, int lost) {
        Row.Cell cell = new Row.Cell(Fault.KILL_WORKER, state, LegKind.TLS);
        return new Row(1, cell, outcome, gapsMs, lost, 2);
    }

    @Test
    void aLineShowsOutcomesGapsAndEventsOfAFaultAndALegKind() {
        StringWriter printed = new StringWriter();

        Matrix.print(
                new PrintWriter(printed),
                List.of(
                        row(CallState.RINGING, Outcome.ENDED_WITH_EVENT, List.of(), 0),
                        row(CallState.HELD, Outcome.SURVIVED, List.of(40L, 1900L), 0),
                        row(CallState.HELD, Outcome.LOST, List.of(20L), 1)));

        assertEquals(
                """
                | fault | leg | ringing | connected | playing | recognising | recording | held | group | transferring | lost | doubled |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                | kill-worker | tls | ended-with-event |  |  |  |  | 1 +, 1 lost 40/1900 |  |  | 1 | 6 |
                # 3 calls: 1 survived, 1 ended-with-event, 0 not-reached, 1 lost; gap p50 40 ms, p95 1900 ms; events: 1 lost, 6 doubled
                """,
                printed.toString());
    }

    @Test
    void percentilesGoByNearestRank() {
        List<Long> values = List.of(5L, 1L, 4L, 2L, 3L);

        assertEquals(3, Matrix.percentile(values, 50));
        assertEquals(5, Matrix.percentile(values, 95));
        assertEquals(-1, Matrix.percentile(List.of(), 50));
    }

    @Test
    void onlyLossAndCallsThatNeverStoodAreBad() {
        assertTrue(row(CallState.HELD, Outcome.SURVIVED, List.of(), 0).isGood());
        assertTrue(row(CallState.HELD, Outcome.ENDED_WITH_EVENT, List.of(), 0).isGood());
        assertFalse(row(CallState.HELD, Outcome.SURVIVED, List.of(), 1).isGood());
        assertFalse(row(CallState.HELD, Outcome.NOT_REACHED, List.of(), 0).isGood());
        assertFalse(row(CallState.HELD, Outcome.LOST, List.of(), 0).isGood());
    }

    @Test
    void aSeedGivesTheSameOrderInWhichEachFaultComesOnceARound() {
        Plan plan = Plan.everything(7);

        List<Fault> order = plan.order(new Random(plan.seed()));

        assertEquals(order, plan.order(new Random(plan.seed())));
        assertEquals(Set.of(Fault.values()), Set.copyOf(order));
        assertEquals(Fault.values().length, order.size());
    }
}
