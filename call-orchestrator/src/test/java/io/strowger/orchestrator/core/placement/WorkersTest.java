package io.strowger.orchestrator.core.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.media.WorkerReport;
import io.strowger.contracts.placement.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final long LOST_AFTER = Duration.ofMillis(1500).toNanos();
    private static final WorkerId ONE = new WorkerId(1);
    private static final WorkerId TWO = new WorkerId(2);
    private final Workers workers = new Workers(LOST_AFTER);
    private final SplittableRandom random = new SplittableRandom(1);

    private static WorkerReport beat(WorkerId worker, long epoch, int calls, boolean draining) {
        return new WorkerReport(worker, epoch, "host:5060", 3, calls, draining, Instant.EPOCH);
    }

    /// Three times in `LOST_AFTER`, as workers do.
    private void beats(WorkerId worker, long fromNs, long toNs) {
        for (long nowNs = fromNs; nowNs <= toNs; nowNs += LOST_AFTER / 3) {
            workers.heard(beat(worker, 1, 0, false), nowNs, true);
        }
    }

    private static Placement.Process process(WorkerId worker, long epoch) {
        return new Placement.Process(worker, epoch);
    }

    @Test
    void placesNothingOnTheWordOfAnOldHeartbeat() {
        workers.heard(beat(ONE, 1, 0, false), 0, false);
        assertEquals(Optional.empty(), workers.choose(random, 0));

        workers.heard(beat(ONE, 1, 0, false), 1, true);
        assertEquals(Optional.of(new Placement(ONE, 1, 1)), workers.choose(random, 1));
    }

    @Test
    void placesNothingWhereThereIsNoRoomOrADrain() {
        workers.heard(beat(ONE, 1, 3, false), 0, true);
        workers.heard(beat(TWO, 1, 0, true), 0, true);

        assertEquals(Optional.empty(), workers.choose(random, 0));
    }

    @Test
    void countsItsOwnPlacementsUntilTheNextHeartbeat() {
        workers.heard(beat(ONE, 1, 1, false), 0, true);

        assertTrue(workers.choose(random, 0).isPresent());
        assertTrue(workers.choose(random, 0).isPresent());
        assertFalse(workers.choose(random, 0).isPresent());
    }

    @Test
    void countsItsOwnPlacementsAlthoughAHeartbeatWasWrittenBeforeTheyWereThere() {
        workers.heard(beat(ONE, 1, 1, false), 0, true);
        assertTrue(workers.choose(random, 0).isPresent());
        assertTrue(workers.choose(random, 0).isPresent());

        workers.heard(beat(ONE, 1, 1, false), 1, true);
        assertFalse(workers.choose(random, 1).isPresent());

        workers.heard(beat(ONE, 1, 1, false), 2, true);
        assertTrue(workers.choose(random, 2).isPresent());
    }

    @Test
    void losesNobodyForASilenceThatWasItsOwn() {
        workers.heard(beat(ONE, 1, 0, false), 0, true);
        workers.heard(beat(TWO, 1, 0, false), 0, true);
        assertFalse(workers.allSilent(LOST_AFTER - 1));
        assertTrue(workers.allSilent(LOST_AFTER));

        workers.wasBlind(20 * LOST_AFTER);

        assertEquals(List.of(), workers.takeLost(21 * LOST_AFTER, 0));
        beats(ONE, 20 * LOST_AFTER, 21 * LOST_AFTER);
        assertEquals(List.of(process(TWO, 1)), workers.takeLost(21 * LOST_AFTER, 0));
    }

    @Test
    void losesNobodyWhoWasHeardShortlyBeforeTheOthersWhenItGoesBlind() {
        long third = LOST_AFTER / 3;
        workers.heard(beat(ONE, 1, 0, false), 0, true);
        workers.heard(beat(TWO, 1, 0, false), third, true);

        assertEquals(List.of(), workers.takeLost(LOST_AFTER + third - 1, 0));
        assertTrue(workers.allSilent(LOST_AFTER + third));
    }

    @Test
    void losesNobodyWhoIsHeardShortlyAfterTheOthersWhenItSeesAgain() {
        beats(ONE, 0, LOST_AFTER);
        workers.heard(beat(TWO, 1, 0, false), LOST_AFTER + 1, true);

        workers.heard(beat(ONE, 1, 0, false), 3 * LOST_AFTER, true);

        assertEquals(List.of(), workers.takeLost(3 * LOST_AFTER, 0));
        beats(ONE, 3 * LOST_AFTER, 4 * LOST_AFTER);
        assertEquals(List.of(process(TWO, 1)), workers.takeLost(4 * LOST_AFTER, 0));
    }

    @Test
    void losesWhoFallsSilentWhileOthersBeat() {
        workers.heard(beat(ONE, 1, 0, false), 0, true);
        beats(TWO, 0, LOST_AFTER);

        assertEquals(List.of(process(ONE, 1)), workers.takeLost(LOST_AFTER, 0));
        assertTrue(workers.isGone(process(ONE, 1), LOST_AFTER));
        assertFalse(workers.isGone(process(TWO, 1), LOST_AFTER));
    }

    @Test
    void doubtsItselfFirstWhenAllFallSilentOrItWasHeldUp() {
        workers.heard(beat(ONE, 1, 0, false), 0, true);

        assertEquals(List.of(), workers.takeLost(LOST_AFTER, 0));
        assertEquals(List.of(), workers.takeLost(4 * LOST_AFTER, LOST_AFTER));
        assertEquals(List.of(), workers.takeLost(4 * LOST_AFTER, 0));
        assertEquals(List.of(process(ONE, 1)), workers.takeLost(5 * LOST_AFTER, 0));
    }

    @Test
    void theTimeInWhichTheReaderWasHeldUpIsNobodysSilence() {
        workers.heard(beat(ONE, 1, 0, false), 0, true);
        workers.heard(beat(TWO, 1, 0, false), 0, true);

        assertEquals(List.of(), workers.takeLost(8 * LOST_AFTER, 8 * LOST_AFTER));
        workers.heard(beat(TWO, 1, 0, false), 8 * LOST_AFTER + 1, true);
        assertEquals(List.of(), workers.takeLost(8 * LOST_AFTER + 2, 0));
        assertEquals(List.of(process(ONE, 1)), workers.takeLost(12 * LOST_AFTER, 0));
    }

    @Test
    void knowsThatAReplacedProcessIsGoneAndANewerOneIsNot() {
        workers.heard(beat(ONE, 5, 0, false), 0, true);

        assertTrue(workers.isGone(process(ONE, 4), 0));
        assertFalse(workers.isGone(process(ONE, 5), 0));
        assertFalse(workers.isGone(process(ONE, 6), 0));
    }

    @Test
    void isNotToldOffByAHeartbeatOfAProcessThatWasReplaced() {
        workers.heard(beat(ONE, 5, 0, false), 0, true);

        assertEquals(List.of(), workers.heard(beat(ONE, 4, 0, false), 1, true));

        assertFalse(workers.isGone(process(ONE, 5), 1));
    }

    @Test
    void givesUpWhoIsNeverHeardOfOnlyAfterWatchingLongEnough() {
        assertFalse(workers.isGone(process(ONE, 1), 100 * LOST_AFTER));

        workers.watching(0);

        assertFalse(workers.isGone(process(ONE, 1), 4 * LOST_AFTER - 1));
        assertTrue(workers.isGone(process(ONE, 1), 4 * LOST_AFTER));
    }

    @Test
    void takesAGoodbyeAtItsWord() {
        workers.heard(beat(ONE, 1, 0, false), 0, true);

        assertEquals(List.of(process(ONE, 1)), workers.left(ONE));
        assertTrue(workers.isGone(process(ONE, 1), 0));
    }
}
