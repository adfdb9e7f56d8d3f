package io.strowger.dispatcher.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void any2xxIsAccepted(int status) {
        assertInstanceOf(Verdict.Accepted.class, Verdict.of(new Answer.Responded(status, null)));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 404, 408, 429, 500, 503})
    void anyOtherIsTriedAgainRedirectsToo(int status) {
        assertInstanceOf(Verdict.Retry.class, Verdict.of(new Answer.Responded(status, null)));
    }

    @Test
    void goneStopsTheReceiver() {
        assertInstanceOf(Verdict.StopReceiver.class, Verdict.of(new Answer.Responded(410, null)));
    }

    @Test
    void retryAfterIsHonouredWithinBounds() {
        assertEquals(
                new Verdict.Retry(Duration.ofSeconds(7), "the receiver answered 429"),
                Verdict.of(new Answer.Responded(429, Duration.ofSeconds(7))));
        assertEquals(
                new Verdict.Retry(Duration.ofHours(1), "the receiver answered 503"),
                Verdict.of(new Answer.Responded(503, Duration.ofDays(30))));
        assertEquals(
                new Verdict.Retry(Duration.ZERO, "the receiver answered 503"),
                Verdict.of(new Answer.Responded(503, Duration.ofSeconds(-5))));
    }

    @Test
    void aRefusedAddressIsGivenUpAtOnce() {
        assertEquals(
                new Verdict.GiveUp("loopback address"),
                Verdict.of(new Answer.Refused("loopback address")));
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        assertEquals(Optional.of(Duration.ofSeconds(120)), RetryAfter.parse(" 120 ", NOW));
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                RetryAfter.parse("Sun, 22 Nov 2026 16:00:30 GMT", NOW));
        assertEquals(Optional.empty(), RetryAfter.parse("soon", NOW));
        assertEquals(Optional.empty(), RetryAfter.parse("99999999999999999999", NOW));
        assertEquals(Optional.empty(), RetryAfter.parse("-1", NOW));
    }
}
