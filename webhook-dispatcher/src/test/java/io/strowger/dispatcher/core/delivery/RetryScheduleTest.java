package io.strowger.dispatcher.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final RetrySchedule schedule = RetrySchedule.standard();

    @Test
    void backsOffFromASecondToADayAndEndsAfterThreeDays() {
        List<Long> waitsS = new ArrayList<>();
        Instant now = START;
        for (int failures = 1; ; failures++) {
            Optional<Instant> next = schedule.next(failures, START, now, Duration.ZERO, 0);
            if (next.isEmpty()) {
                break;
            }
            waitsS.add(Duration.between(now, next.get()).toSeconds());
            now = next.get();
        }

        assertEquals(
                List.of(
                        1L, 2L, 5L, 15L, 30L, 60L, 300L, 1_800L, 7_200L, 18_000L, 36_000L, 50_400L,
                        72_000L, 86_400L),
                waitsS);
        assertEquals(75, Duration.between(START, now).toHours());
    }

    @Test
    void jitterOnlyEverAddsATenth() {
        Instant none = schedule.next(4, START, START, Duration.ZERO, 0).orElseThrow();
        Instant most = schedule.next(4, START, START, Duration.ZERO, 1).orElseThrow();

        assertEquals(START.plusSeconds(15), none);
        assertEquals(START.plusMillis(16_500), most);
    }

    @Test
    void waitsAtLeastAsLongAsTheReceiverAsks() {
        Instant asked = schedule.next(1, START, START, Duration.ofSeconds(90), 0).orElseThrow();
        Instant less = schedule.next(5, START, START, Duration.ofSeconds(1), 0).orElseThrow();

        assertEquals(START.plusSeconds(90), asked);
        assertEquals(START.plusSeconds(30), less);
    }

    @Test
    void anEventThatWaitedBehindAnotherForTheWholeScheduleGetsOneAttempt() {
        Instant now = START.plus(schedule.whole());

        assertTrue(schedule.next(1, START, now, Duration.ZERO, 0).isEmpty());
    }
}
