package io.strowger.worker.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BansTest {
    private static final String SCANNER = "198.51.100.7";
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final Bans bans =
            new Bans(new BanRules(3, Duration.ofSeconds(10), Duration.ofSeconds(60)));

    @Test
    void theThirdOffenceInTimeMakesABanThatEnds() {
        assertFalse(bans.offended(SCANNER, 0));
        assertFalse(bans.offended(SCANNER, SECOND));
        assertFalse(bans.isBanned(SCANNER, SECOND));

        assertTrue(bans.offended(SCANNER, 2 * SECOND));

        assertTrue(bans.isBanned(SCANNER, 61 * SECOND));
        assertFalse(bans.isBanned(SCANNER, 62 * SECOND));
        assertFalse(bans.isBanned("198.51.100.8", 3 * SECOND));
    }

    @Test
    void offencesFarApartMakeNone() {
        for (int i = 0; i < 10; i++) {
            assertFalse(bans.offended(SCANNER, i * 6 * SECOND), "offence " + i);
        }
    }

    @Test
    void whoComesBackIsBannedForTwiceAsLongUpToADay() {
        long now = 0;
        long ban = 60;
        for (int times = 0; times < 14; times++) {
            bans.offended(SCANNER, now);
            bans.offended(SCANNER, now);
            assertTrue(bans.offended(SCANNER, now));
            assertTrue(bans.isBanned(SCANNER, now + ban * SECOND - 1), times + " times");
            now += ban * SECOND;
            assertFalse(bans.isBanned(SCANNER, now), times + " times");
            ban = Math.min(86_400, 2 * ban);
        }
    }

    @Test
    void withoutOffencesInTheRulesNobodyIsBanned() {
        Bans never = new Bans(new BanRules(0, Duration.ofSeconds(10), Duration.ofSeconds(60)));
        for (int i = 0; i < 1000; i++) {
            assertFalse(never.offended(SCANNER, 0));
        }

        assertFalse(never.isBanned(SCANNER, 0));
    }

    @Test
    void aFloodOfSourcesIsForgottenFromTheOldestOn() {
        for (int i = 0; i < Bans.MOST_SOURCES + 10; i++) {
            for (int offence = 0; offence < 3; offence++) {
                bans.offended("source-" + i, 0);
            }
        }

        assertEquals(Bans.MOST_SOURCES, bans.count(0));
        assertFalse(bans.isBanned("source-0", 0));
        assertTrue(bans.isBanned("source-" + Bans.MOST_SOURCES, 0));
    }
}
