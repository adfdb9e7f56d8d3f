package io.strowger.contracts.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdsTest {
    private final CallIds ids =
            new CallIds("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    @Test
    void everyIdOfACallLeadsBackToIt() {
        ServerCallId call = ids.newCall(new SplittableRandom(7));

        assertEquals(call, ServerCallId.parse(call.toString()));
        assertEquals(call, CallConnectionId.parse(call.connection(3).toString()).call());
        assertEquals(3, call.connection(3).ordinal());
        assertEquals(call, RecordingId.parse(call.recording(65535).toString()).call());
    }

    @Test
    void tellsGuessedIdsFromItsOwn() {
        SplittableRandom random = new SplittableRandom(11);

        for (int i = 0; i < 1_000; i++) {
            ServerCallId own = ids.newCall(random);
            ServerCallId guessed =
                    new ServerCallId(random.nextLong(), random.nextLong() & ~0xFFFFL);

            assertTrue(ids.isGenuine(own));
            assertFalse(ids.isGenuine(guessed));
        }
    }

    @Test
    void anotherKeyMakesOtherIds() {
        CallIds other = new CallIds("another key of enough bytes".getBytes(StandardCharsets.UTF_8));

        assertFalse(other.isGenuine(ids.newCall(new SplittableRandom(1))));
        assertNotEquals(ids.callFor("request-1"), other.callFor("request-1"));
    }

    @Test
    void aSeedAlwaysLeadsToTheSameCall() {
        assertEquals(ids.callFor("request-1"), ids.callFor("request-1"));
        assertNotEquals(ids.callFor("request-1"), ids.callFor("request-2"));
        assertTrue(ids.isGenuine(ids.callFor("request-1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "AAAAAAAAAAAAAAAAAAAAA!",
                "AAAAAAAAAAAAAAAAAAAAAB",
                "AAAAAAAAAAAAAAAAAAAAAAA="
            })
    void refusesWhatHasNotTheFormOfAnId(String text) {
        assertThrows(IllegalArgumentException.class, () -> ServerCallId.parse(text));
    }
}
