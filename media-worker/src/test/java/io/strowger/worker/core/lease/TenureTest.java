package io.strowger.worker.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenureTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final Tenure tenure =
            new Tenure(new Lease(Duration.ofSeconds(1), Duration.ofSeconds(2)), 0);

    @Test
    void tellsOnceWhatChanges() {
        assertEquals(Optional.empty(), tenure.look(SECOND));

        assertEquals(Optional.of(Lease.Right.NO_NEW_CALLS), tenure.look(SECOND + 1));
        assertEquals(Optional.empty(), tenure.look(2 * SECOND));
        assertEquals(Optional.of(Lease.Right.ADRIFT), tenure.look(3 * SECOND));
    }

    @Test
    void allowsAllAgainWhenAHeartbeatWasAcknowledged() {
        tenure.look(3 * SECOND);

        tenure.acknowledged(3 * SECOND);

        assertEquals(Optional.of(Lease.Right.FULL), tenure.look(4 * SECOND));
        assertEquals(Lease.Right.FULL, tenure.right());
    }

    @Test
    void allowsNothingToAProcessThatWasStoppedForTooLong() {
        tenure.look(SECOND);

        assertEquals(Optional.of(Lease.Right.NONE), tenure.look(4 * SECOND));
    }
}
