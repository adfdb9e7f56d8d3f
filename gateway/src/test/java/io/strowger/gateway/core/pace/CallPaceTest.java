package io.strowger.gateway.core.pace;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.CallIds;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallPaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final CallConnectionId CONNECTION =
            new CallIds(new byte[32]).newCall(new SplittableRandom(1)).connection(1);
    private final CallPace pace = new CallPace(2);

    @Test
    void aSecondsWorthMayComeAtOnceThenSoManyASecond() {
        assertTrue(pace.admit("key", create(1), 0));
        assertTrue(pace.admit("key", create(1), 0));
        assertFalse(pace.admit("key", create(1), 0));

        assertFalse(pace.admit("key", create(1), SECOND / 4));
        assertTrue(pace.admit("key", create(1), SECOND / 2));
        assertFalse(pace.admit("key", create(1), SECOND / 2));
    }

    @Test
    void aCallToManyIsPaidOff() {
        assertTrue(pace.admit("key", create(6), 0));

        assertFalse(pace.admit("key", create(1), 2 * SECOND));
        assertTrue(pace.admit("key", create(1), 3 * SECOND));
    }

    @Test
    void anotherKeyHasItsOwnPace() {
        assertTrue(pace.admit("key", create(9), 0));

        assertTrue(pace.admit("other", create(1), 0));
    }

    @Test
    void whatRingsNobodyIsNotCounted() {
        assertTrue(pace.admit("key", create(9), 0));

        assertTrue(pace.admit("key", new CallCommand.HangUp(CONNECTION), 0));
    }

    @Test
    void zeroIsNoBound() {
        CallPace any = new CallPace(0);
        for (int i = 0; i < 1000; i++) {
            assertTrue(any.admit("key", create(10), 0));
        }
    }

    private static CallCommand create(int targets) {
        return new CallCommand.CreateCall(
                CONNECTION,
                Collections.nCopies(targets, new Identifier.PhoneNumber("+15550100001")),
                null,
                null,
                null,
                URI.create("https://app.example/events"),
                null,
                new UUID(1, 2),
                Set.of(),
                null,
                null);
    }
}
