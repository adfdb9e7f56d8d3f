package io.strowger.recording.core.offset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.offset.AudioReading.Known;
import io.strowger.recording.core.offset.AudioReading.Origin;
import io.strowger.recording.core.offset.AudioReading.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AudioReadingTest {
    private static final RecordingId ONE = new RecordingId(1, 1);
    private static final RecordingId TWO = new RecordingId(2, 1);
    private final AudioReading reading = new AudioReading();

    @Test
    void aRecordingThatBeginsIsWritten() {
        assertEquals(Verdict.WRITE, reading.take(ONE, 100, 0, Known.NOTHING));
        assertEquals(Verdict.WRITE, reading.take(ONE, 101, 1600, Known.SPOOLED));
    }

    @Test
    void aFinishedRecordingIsPassedOver() {
        assertEquals(Verdict.PASS_OVER, reading.take(ONE, 100, 1600, Known.CLOSED));
    }

    @Test
    void aRecordingInItsMiddleIsWantedAndWaits() {
        assertEquals(Verdict.WANT, reading.take(ONE, 100, 16_000, Known.NOTHING));
        reading.want(ONE, new Origin(5000, -1), 50);

        assertEquals(Verdict.LATER, reading.take(ONE, 101, 17_600, Known.NOTHING));
        assertTrue(reading.isIncomplete(ONE));
        assertEquals(List.of(), reading.due(49));
        assertEquals(List.of(new Origin(5000, -1)), reading.due(50));
    }

    @Test
    void whatIsReadAgainIsWrittenOnlyForThoseWhoLackIt() {
        reading.want(ONE, new Origin(5000, -1), 0);

        Set<RecordingId> sought = reading.reread(10, 100);

        assertEquals(Set.of(ONE), sought);
        assertEquals(Verdict.WRITE, reading.take(ONE, 20, 0, Known.NOTHING));
        assertEquals(Verdict.SEEN, reading.take(TWO, 21, 0, Known.NOTHING));
        assertEquals(Verdict.SEEN, reading.take(TWO, 22, 3200, Known.SPOOLED));
        assertEquals(Verdict.WRITE, reading.take(TWO, 100, 3200, Known.SPOOLED));
    }

    @Test
    void aRecordingIsCompleteWhenReadingIsBackWhereItWas() {
        reading.want(ONE, new Origin(5000, -1), 0);
        reading.reread(10, 100);

        assertEquals(List.of(), List.copyOf(reading.reached(99)));
        assertEquals(List.of(ONE), List.copyOf(reading.reached(100)));

        assertFalse(reading.isIncomplete(ONE));
        assertTrue(reading.wasSought(ONE));
        assertTrue(reading.isWhole());
    }

    @Test
    void readsAgainOnlyOnceForARecordingOfWhichNothingWasFound() {
        reading.want(ONE, new Origin(5000, -1), 0);
        reading.reread(10, 100);
        reading.reached(100);

        assertEquals(Verdict.WRITE, reading.take(ONE, 100, 16_000, Known.NOTHING));
    }

    @Test
    void onlyWhatWasReadOnceCountsAsConsumed() {
        reading.want(ONE, new Origin(5000, -1), 0);
        assertEquals(100, reading.consumed(100));

        reading.reread(10, 100);

        assertEquals(100, reading.consumed(50));
        assertEquals(120, reading.consumed(120));
    }

    @Test
    void startsOverWhenItWasInterrupted() {
        reading.want(ONE, new Origin(5000, 7), 0);
        reading.reread(7, 100);

        reading.interrupted(0);

        assertFalse(reading.isWhole());
        assertEquals(List.of(new Origin(5000, 7)), reading.due(0));
        assertEquals(100, reading.consumed(100));
    }

    @Test
    void goesBackToWhereAWriteMayBeLost() {
        assertEquals(90, reading.restart(90));

        reading.want(ONE, new Origin(5000, -1), 0);
        reading.reread(10, 100);

        assertEquals(10, reading.restart(100));
    }

    @Test
    void theEarliestOriginWins() {
        List<Origin> origins =
                List.of(new Origin(7000, -1), new Origin(6000, -1), new Origin(1, 44));

        assertEquals(Optional.of(6000L), AudioReading.earliestMs(origins));
        assertEquals(Optional.of(44L), AudioReading.lowestOffset(origins));
    }

    @Test
    void aCommandIsSafeOnceAllBeforeItAreSettled() {
        Unsettled commands = new Unsettled();
        commands.began(3);
        commands.began(4);

        commands.settled(4);
        assertEquals(3, commands.safe(9));

        commands.settled(3);
        assertEquals(9, commands.safe(9));
    }
}
