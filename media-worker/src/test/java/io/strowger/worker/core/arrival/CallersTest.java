package io.strowger.worker.core.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.Directory;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.IncomingRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallersTest {
    private static final Identifier.CommunicationUser BOB =
            new Identifier.CommunicationUser("8:acs:r_bob");
    private final Callers callers = new Callers(new Directory(Map.of("bob", BOB)));

    @ParameterizedTest
    @CsvSource({
        "sip:+15550100001@192.0.2.1, 4:+15550100001",
        "sip:+15550100001;npdi@192.0.2.1;user=phone, 4:+15550100001",
        "SIP:%2b15550100001@192.0.2.1, 4:+15550100001",
        "sip:+1-555-0100-001@192.0.2.1:5070, 4:+15550100001",
        "tel:+1(555)0100.001;phone-context=example.org, 4:+15550100001",
        "sip:15550100001@192.0.2.1, 4:15550100001",
        "sip:*42@192.0.2.1, 4:*42",
        "sip:bob@192.0.2.1, 8:acs:r_bob",
        "sip:bob:pass@192.0.2.1, 8:acs:r_bob",
        "sip:8%3Aacs%3Ar_bob@192.0.2.1, 8:acs:r_bob"
    })
    void readsWhoIsCalled(String requestUri, String rawId) {
        assertEquals(
                rawId, welcome(invite(requestUri, "<sip:+15550100002@192.0.2.9>")).to().rawId());
    }

    @ParameterizedTest
    @CsvSource({
        "sip:carol@192.0.2.1",
        "sip:192.0.2.1",
        "sip:8%3Aacs%3Ar_carol@192.0.2.1",
        "sip:Bob@192.0.2.1",
        "tel:",
        "sip:+1555x@192.0.2.1"
    })
    void knowsNobodyByOtherNames(String requestUri) {
        Arrival arrival =
                callers.fromTrunk("main", invite(requestUri, "<sip:+15550100002@192.0.2.9>"));

        assertEquals(new Arrival.Refusal(404, "Not Found"), arrival);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Ada <1>\" <sip:+15550100002@x>;tag=1 | 4:+15550100002 | Ada <1>",
                "\"A \\\"B\\\"\" <sip:+15550100002@x>;tag=1 | 4:+15550100002 | A \"B\"",
                "Ada Byron <tel:+1-555-0100-002>;tag=1 | 4:+15550100002 | Ada Byron",
                "sip:0301234@x;tag=1 | 4:0301234 |",
                "<sip:Anonymous@anonymous.invalid>;tag=1 | 4:anonymous |",
                "\"Anonymous\" <sip:anonymous@x>;tag=1 | 4:anonymous |",
                "\"Ada\" <sip:alice@x>;tag=1 | 4:anonymous | Ada"
            })
    void readsWhoCalls(String from, String rawId, String name) {
        Arrival.Welcome welcome = welcome(invite("sip:+1@x", from));

        assertEquals(rawId, welcome.from().rawId());
        assertEquals(name, welcome.displayName());
        assertEquals("main", welcome.trunk());
    }

    @Test
    void boundsWhatItPassesOn() {
        Map<String, String> headers = new HashMap<>();
        for (int i = 10; i < 50; i++) {
            headers.put("X-" + i, "v");
        }
        headers.put("X-00", "long".repeat(1_000));
        headers.put("X-Server-Call-Id", "of another platform");
        String name = "n".repeat(1_000);

        Arrival.Welcome welcome =
                welcome(invite("sip:+1@x", "\"" + name + "\" <sip:+2@x>", headers));

        assertEquals(20, welcome.headers().size());
        assertTrue(welcome.headers().containsKey("X-10"));
        assertEquals(100, String.valueOf(welcome.displayName()).length());
    }

    @Test
    void knowsUsersByTheirNameOnly() {
        assertEquals(Optional.of(BOB), callers.claimed(invite("sip:+1@x", "<sip:bob@any.host>")));
        assertEquals(Optional.empty(), callers.claimed(invite("sip:+1@x", "<sip:+1@any.host>")));
    }

    @Test
    void takesUsersForWhoTheyProvedToBe() {
        Arrival.Welcome welcome =
                assertInstanceOf(
                        Arrival.Welcome.class,
                        callers.fromUser(BOB, invite("sip:+1@x", "\"Bob\" <sip:bob@x>")));

        assertEquals(BOB, welcome.from());
        assertNull(welcome.trunk());
        assertEquals("Bob", welcome.displayName());
    }

    private Arrival.Welcome welcome(IncomingInvite invite) {
        return assertInstanceOf(Arrival.Welcome.class, callers.fromTrunk("main", invite));
    }

    private static IncomingInvite invite(String requestUri, String from) {
        return invite(requestUri, from, Map.of());
    }

    private static IncomingInvite invite(
            String requestUri, String from, Map<String, String> headers) {
        return new IncomingInvite(
                new IncomingRequest(
                        1,
                        "call@phone",
                        "INVITE",
                        1,
                        "tag",
                        "",
                        "sip:phone@192.0.2.9",
                        Set.of(),
                        Set.of(),
                        null,
                        null,
                        "192.0.2.9:5060"),
                requestUri,
                from,
                "<sip:x@192.0.2.1>",
                List.of(),
                false,
                List.of(),
                "udp",
                "z9hG4bK1",
                null,
                headers,
                false);
    }
}
