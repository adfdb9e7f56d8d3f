package io.strowger.gateway.core.repeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.CallError;
import io.strowger.gateway.core.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandIdentityTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:33:38Z");
    private static final Duration WINDOW = Duration.ofHours(24);

    @Test
    void isTheSameForTheSameIdAndKeyOnly() throws Refusal {
        CommandIdentity one = identity("a", "key");

        assertEquals(one, identity("a", "key"));
        assertNotEquals(one.commandId(), identity("b", "key").commandId());
        assertNotEquals(one.commandId(), identity("a", "other").commandId());
        assertEquals(8, one.commandId().value().version());
        assertEquals(2, one.commandId().value().variant());
    }

    @Test
    void isNothingWithoutTheHeaders() throws Refusal {
        assertEquals(Optional.empty(), CommandIdentity.of(null, null, "key", NOW, WINDOW));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "a,-,INVALID_REQUEST",
                "-,'Sun, 22 Nov 2026 16:33:38 GMT',INVALID_REQUEST",
                "'','Sun, 22 Nov 2026 16:33:38 GMT',INVALID_REQUEST",
                "a,2026-11-22T16:33:38Z,INVALID_REQUEST",
                "a,'Mon, 22 Nov 2026 16:33:38 GMT',INVALID_REQUEST",
                "a,'Sun, 22 Nov 2026 16:48:39 GMT',INVALID_REQUEST",
                "a,'Sat, 21 Nov 2026 16:33:37 GMT',REPEATABILITY_REJECTED",
            })
    void refusesHeadersThatAreHalfMalformedOldOrYetToBeSent(
            @Nullable String id, @Nullable String sent, CallError error) {
        Refusal refusal =
                assertThrows(Refusal.class, () -> CommandIdentity.of(id, sent, "key", NOW, WINDOW));

        assertEquals(error, refusal.error());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sat, 21 Nov 2026 16:33:38 GMT", "Sun, 22 Nov 2026 16:48:38 GMT"})
    void takesWhatIsAsOldAsAnswersAndClocksThatDiffer(String sent) throws Refusal {
        assertTrue(CommandIdentity.of("a", sent, "key", NOW, WINDOW).isPresent());
    }

    @Test
    void fingerprintsMethodPathAndBody() {
        String one = fingerprint("POST", "/a", "x");

        assertEquals(one, fingerprint("POST", "/a", "x"));
        assertNotEquals(one, fingerprint("PUT", "/a", "x"));
        assertNotEquals(one, fingerprint("POST", "/b", "x"));
        assertNotEquals(one, fingerprint("POST", "/a", "y"));
    }

    private static String fingerprint(String method, String path, String body) {
        return CommandIdentity.fingerprint(method, path, body.getBytes(StandardCharsets.UTF_8));
    }

    private static CommandIdentity identity(String id, String key) throws Refusal {
        return CommandIdentity.of(id, "Sun, 22 Nov 2026 10:00:00 GMT", key, NOW, WINDOW)
                .orElseThrow();
    }
}
