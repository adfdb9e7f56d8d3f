package io.strowger.worker.core.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.sip.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationsTest {
    private static final CommunicationUser ALICE = new CommunicationUser("8:acs:home_alice");
    private static final CommunicationUser BOB = new CommunicationUser("8:acs:home_bob");
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final Registrations registrations = new Registrations(() -> now);

    private Registration contact(CommunicationUser user, String uri, int priority, int seconds) {
        return new Registration(
                user,
                uri,
                "192.0.2.1:5060",
                "udp",
                "p",
                "c",
                1,
                priority,
                now,
                now.plusSeconds(seconds));
    }

    private List<String> of(CommunicationUser user) {
        return registrations.of(user).stream().map(Registration::contact).toList();
    }

    @Test
    void knowsEachUsersContactsTheBestFirst() {
        registrations.apply("1", contact(ALICE, "sip:a1", 500, 60));
        registrations.apply("2", contact(ALICE, "sip:a2", 1000, 60));
        registrations.apply("3", contact(BOB, "sip:b", 1000, 60));

        assertEquals(List.of("sip:a2", "sip:a1"), of(ALICE));
        assertEquals(List.of("sip:b"), of(BOB));
        assertEquals(List.of(), of(new CommunicationUser("8:acs:home_eve")));
    }

    @Test
    void theLastRecordOfAKeyCounts() {
        registrations.apply("1", contact(ALICE, "sip:old", 500, 60));
        registrations.apply("1", contact(ALICE, "sip:new", 500, 60));
        registrations.apply("2", contact(ALICE, "sip:gone", 500, 60));
        registrations.apply("2", null);
        registrations.apply("never", null);

        assertEquals(List.of("sip:new"), of(ALICE));
        assertEquals(1, registrations.size());
    }

    @Test
    void leavesOutWhatHasExpiredBeforeAnybodyStruckItOut() {
        registrations.apply("1", contact(ALICE, "sip:short", 1000, 60));
        registrations.apply("2", contact(ALICE, "sip:long", 1000, 120));

        now = now.plusSeconds(60);

        assertEquals(List.of("sip:long"), of(ALICE));
        assertEquals(2, registrations.size());
    }

    @Test
    void namesWhatIsToBeStruckOutOnlyAfterTheGrace() {
        registrations.apply("1", contact(ALICE, "sip:short", 1000, 60));
        registrations.apply("2", contact(ALICE, "sip:long", 1000, 3600));

        now = now.plusSeconds(119);
        List<String> early = registrations.expired(Duration.ofSeconds(60));
        now = now.plusSeconds(1);
        List<String> due = registrations.expired(Duration.ofSeconds(60));

        assertEquals(List.of(), early);
        assertEquals(List.of("1"), due);
    }

    @Test
    void knowsWherePhonesSpeakFrom() {
        registrations.apply("1", contact(ALICE, "sip:a", 1000, 60));
        registrations.apply("2", contact(BOB, "sip:b", 1000, 60));
        assertTrue(registrations.isSource("192.0.2.1:5060"));

        registrations.apply("1", null);
        boolean oneLeft = registrations.isSource("192.0.2.1:5060");
        registrations.apply("2", null);

        assertTrue(oneLeft);
        assertFalse(registrations.isSource("192.0.2.1:5060"));
        assertFalse(registrations.isSource("192.0.2.1:5061"));
    }
}
