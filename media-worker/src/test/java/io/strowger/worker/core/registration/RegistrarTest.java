package io.strowger.worker.core.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.sip.Registration;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.registration.Registrar.Change;
import io.strowger.worker.core.registration.Registrar.Outcome;
import io.strowger.worker.core.sip.HeaderLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrarTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final CommunicationUser ID = new CommunicationUser("8:acs:home_alice");
    private static final SipUser ALICE = new SipUser(ID, "alice", "wonderland");
    private final Map<String, Registration> contacts = new TreeMap<>();

    private static RegisterRequest request(
            String sipCallId, long cseq, @Nullable String expires, String... contacts) {
        return new RegisterRequest(
                "alice",
                sipCallId,
                cseq,
                List.of(contacts),
                expires,
                null,
                Set.of(),
                "203.0.113.9:31337",
                "udp");
    }

    private Outcome decide(RegisterRequest request) {
        return Registrar.decide(ALICE, request, contacts, NOW, "here");
    }

    /// Decides, and keeps what it decided.
    private List<Change> keep(RegisterRequest request) {
        List<Change> changes = assertInstanceOf(Outcome.Changed.class, decide(request)).changes();
        for (Change change : changes) {
            if (change.registration() == null) {
                contacts.remove(change.key());
            } else {
                contacts.put(change.key(), change.registration());
            }
        }
        return changes;
    }

    private void assertRefused(int status, RegisterRequest request) {
        assertEquals(status, assertInstanceOf(Outcome.Refused.class, decide(request)).status());
    }

    private List<String> uris() {
        return contacts.values().stream().map(Registration::contact).toList();
    }

    @Test
    void remembersTheContactAndWhereItReallyIs() {
        List<Change> changes =
                keep(request("a@phone", 7, "300", "\"A <l> ice\" <sip:alice@10.0.0.7:5062>;q=0.5"));

        assertEquals(
                List.of(
                        new Change(
                                "8:acs:home_alice alice@10.0.0.7:5062;udp",
                                new Registration(
                                        ID,
                                        "sip:alice@10.0.0.7:5062",
                                        "203.0.113.9:31337",
                                        "udp",
                                        "here",
                                        "a@phone",
                                        7,
                                        500,
                                        NOW,
                                        NOW.plusSeconds(300)))),
                changes);
    }

    @ParameterizedTest(name = "Expires {0} and {1} make {2} s")
    @CsvSource(
            nullValues = "-",
            value = {
                "-, '', 3600",
                "300, '', 300",
                "300, ;expires=120, 120",
                "soon, '', 3600",
                "300, ;expires=later, 300",
                "86400, '', 3600",
                "-, ;expires=4294967295, 3600",
                "60, '', 60",
            })
    void keepsItForAsLongAsAskedWithinReason(
            @Nullable String expires, String parameter, long seconds) {
        keep(request("a", 1, expires, "<sip:alice@10.0.0.7>" + parameter));

        Registration kept = contacts.values().iterator().next();
        assertEquals(Duration.ofSeconds(seconds), Duration.between(NOW, kept.expiresAt()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "59"})
    void refusesAnIntervalThatIsTooBriefAndSaysHowMuchWillDo(String seconds) {
        Outcome.Refused refused =
                assertInstanceOf(
                        Outcome.Refused.class,
                        decide(
                                request(
                                        "a",
                                        1,
                                        null,
                                        "<sip:alice@10.0.0.8>",
                                        "<sip:alice@10.0.0.7>;expires=" + seconds)));

        assertEquals(423, refused.status());
        assertEquals(List.of(new HeaderLine("Min-Expires", "60")), refused.headers());
    }

    @Test
    void aRefreshTakesThePlaceOfWhatWasThere() {
        keep(request("a", 1, "300", "<sip:alice@10.0.0.7;line=1>"));

        keep(request("a", 2, "600", "<sip:alice@10.0.0.7;line=2>"));

        assertEquals(List.of("sip:alice@10.0.0.7;line=2"), uris());
    }

    @ParameterizedTest(name = "{0} is another contact than sip:alice@10.0.0.7:5060: {1}")
    @CsvSource({
        "sip:alice@10.0.0.7:5060;ob, false",
        "SIP:alice@10.0.0.7:5060, false",
        "sip:Alice@10.0.0.7:5060, true",
        "sip:alice@10.0.0.7:5061, true",
        "sip:alice@10.0.0.7, true",
        "sip:alice@10.0.0.7:5060;transport=tcp, true",
        "sip:alice@10.0.0.7:5060;transport=UDP, false"
    })
    void tellsContactsApartByWhatRoutesThem(String uri, boolean other) {
        keep(request("a", 1, "300", "<sip:alice@10.0.0.7:5060>"));

        keep(request("a", 2, "300", "<" + uri + ">"));

        assertEquals(other ? 2 : 1, contacts.size());
    }

    @ParameterizedTest(name = "after CSeq 5 of call a: CSeq {1} of call {0}, refused: {2}")
    @CsvSource({"a, 5, true", "a, 4, true", "a, 6, false", "b, 1, false"})
    void takesNothingThatWasOvertaken(String sipCallId, long cseq, boolean refused) {
        keep(request("a", 5, "300", "<sip:alice@10.0.0.7>"));
        RegisterRequest refresh = request(sipCallId, cseq, "300", "<sip:alice@10.0.0.7>");
        RegisterRequest removal = request(sipCallId, cseq, "0", "<sip:alice@10.0.0.7>");
        RegisterRequest all = request(sipCallId, cseq, "0", "*");

        for (RegisterRequest request : List.of(refresh, removal, all)) {
            assertEquals(
                    refused, decide(request) instanceof Outcome.Refused(int s, _, _) && s == 500);
        }
    }

    @Test
    void removesOneContactWithExpiresZero() {
        keep(request("a", 1, "300", "<sip:alice@10.0.0.7>", "<sip:alice@10.0.0.8>"));

        keep(request("a", 2, "300", "<sip:alice@10.0.0.7>;expires=0"));

        assertEquals(List.of("sip:alice@10.0.0.8"), uris());
    }

    @Test
    void removingWhatIsNotThereChangesNothing() {
        assertEquals(List.of(), keep(request("a", 1, "0", "<sip:alice@10.0.0.7>")));
    }

    @Test
    void theStarRemovesAll() {
        keep(request("a", 1, "300", "<sip:alice@10.0.0.7>", "<sip:alice@10.0.0.8>"));

        keep(request("b", 1, "0", "*"));

        assertEquals(List.of(), uris());
    }

    @Test
    void theStarStandsAloneAndWithExpiresZero() {
        assertRefused(400, request("a", 1, null, "*"));
        assertRefused(400, request("a", 1, "300", "*"));
        assertRefused(400, request("a", 1, "0", "*", "<sip:alice@10.0.0.7>"));
    }

    @Test
    void aRequestWithoutContactOnlyAsks() {
        keep(request("a", 1, "300", "<sip:alice@10.0.0.7>"));

        assertEquals(List.of(), keep(request("a", 2, null)));
        assertEquals(List.of("sip:alice@10.0.0.7"), uris());
    }

    @Test
    void keepsASecureContactAsItCame() {
        keep(request("a", 1, "300", "<sips:alice@10.0.0.7>"));

        assertEquals(List.of("sips:alice@10.0.0.7"), uris());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tel:+15550100001>",
                "<sip:alice@10.0.0.7",
                "<sip:>",
                "<sip:alice@10.0.0.7?Route=x>",
                "<sip:alice@10.0.0.7:99999>",
                "<sip:al ice@10.0.0.7>",
                ""
            })
    void refusesContactsThatNoInviteCouldGoTo(String contact) {
        assertRefused(400, request("a", 1, "300", contact));
    }

    @Test
    void refusesWhatIsTooLong() {
        assertRefused(400, request("a", 1, "300", "<sip:" + "a".repeat(600) + "@10.0.0.7>"));
        assertRefused(400, request("a".repeat(256), 1, "300", "<sip:alice@10.0.0.7>"));
    }

    @Test
    void oneRequestCannotBringMoreThanTen() {
        String[] eleven =
                IntStream.range(0, 11)
                        .mapToObj(i -> "<sip:a@10.0.0." + i + ">")
                        .toArray(String[]::new);

        assertRefused(403, request("a", 1, "300", eleven));
    }

    @Test
    void theEleventhTakesThePlaceOfTheOneThatWouldExpireFirst() {
        for (int i = 0; i < 10; i++) {
            keep(request("a" + i, 1, i == 4 ? "100" : "300", "<sip:alice@10.0.0." + i + ">"));
        }

        keep(request("b", 1, "300", "<sip:alice@10.0.0.99>"));

        assertEquals(10, contacts.size());
        assertTrue(uris().contains("sip:alice@10.0.0.99"));
        assertTrue(!uris().contains("sip:alice@10.0.0.4"));
    }

    @Test
    void theAnswerListsContactsWithWhatIsLeftOfThem() {
        keep(request("a", 1, "300", "<sip:alice@10.0.0.7>;q=0.25"));
        keep(request("a", 2, "60", "sip:alice@10.0.0.8;expires=90"));

        List<HeaderLine> lines = Registrar.listed(contacts.values(), NOW.plusMillis(10_500));

        assertEquals(
                List.of(
                        new HeaderLine("Contact", "<sip:alice@10.0.0.7>;expires=290;q=0.250"),
                        new HeaderLine("Contact", "<sip:alice@10.0.0.8>;expires=80")),
                lines);
    }
}
