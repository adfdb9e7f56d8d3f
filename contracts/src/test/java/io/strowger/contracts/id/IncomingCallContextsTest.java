package io.strowger.contracts.id;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncomingCallContextsTest {
    private static final ServerCallId CALL = new ServerCallId(0x1234_5678_9abc_def0L, 0x42_0000L);
    private static final Instant EXPIRY = Instant.parse("2026-01-02T03:04:05Z");
    private final IncomingCallContexts contexts = new IncomingCallContexts(new byte[32]);

    @Test
    void sayWhichCallAndUntilWhen() {
        String context = contexts.seal(CALL, EXPIRY);

        assertEquals(
                Optional.of(new IncomingCallContexts.Opened(CALL, EXPIRY)), contexts.open(context));
    }

    @Test
    void areNotOpenedWhenTheyWereChangedOrMadeUpOrCut() {
        String context = contexts.seal(CALL, EXPIRY);
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;

        char first = context.charAt(0) == 'A' ? 'B' : 'A';
        assertEquals(Optional.empty(), contexts.open(first + context.substring(1)));
        assertEquals(Optional.empty(), contexts.open(context.substring(2)));
        assertEquals(Optional.empty(), contexts.open("not base64!"));
        assertEquals(Optional.empty(), contexts.open(""));
        assertEquals(Optional.empty(), new IncomingCallContexts(otherKey).open(context));
    }
}
