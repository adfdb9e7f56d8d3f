package io.strowger.worker.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseTest {
    private static final Lease LEASE = new Lease(Duration.ofSeconds(1), Duration.ofSeconds(5));

    @ParameterizedTest
    @CsvSource({
        "0, FULL",
        "1000, FULL",
        "1001, NO_NEW_CALLS",
        "5000, NO_NEW_CALLS",
        "5001, ADRIFT"
    })
    void shrinksWithTheAgeOfTheLastAcknowledgement(long ageMs, Lease.Right right) {
        long ackedAtNs = Long.MAX_VALUE - 1_000;

        long nowNs = ackedAtNs + ageMs * 1_000_000;
        assertEquals(right, LEASE.at(ackedAtNs, nowNs - 20_000_000, nowNs));
    }

    @Test
    void isOverForWhoWasStoppedSoLongThatNothingItHearsIsNew() {
        long nowNs = Duration.ofSeconds(60).toNanos();

        assertEquals(Lease.Right.NONE, LEASE.at(0, 1, nowNs));
        assertEquals(Lease.Right.ADRIFT, LEASE.at(0, nowNs - 4_000_000_000L, nowNs));
    }

    @Test
    void cannotEndBeforeItStopsAdmitting() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Lease(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
