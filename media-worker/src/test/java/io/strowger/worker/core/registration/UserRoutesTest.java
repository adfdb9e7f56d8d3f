package io.strowger.worker.core.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.sip.Registration;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.auth.Users;
import io.strowger.worker.core.route.Callee;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.NextHop;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipUri;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserRoutesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final CommunicationUser ALICE = new CommunicationUser("8:acs:home_alice");
    private final Registrations registrations = new Registrations(() -> NOW);
    private final UserRoutes routes =
            new UserRoutes(
                    new Users(List.of(new SipUser(ALICE, "alice", "wonderland"))),
                    registrations,
                    "here",
                    "sip.example");

    private void registered(CommunicationUser user, String uri, String transport, String process) {
        registrations.apply(
                uri,
                new Registration(
                        user,
                        uri,
                        "203.0.113.9:31337",
                        transport,
                        process,
                        "c",
                        1,
                        1000,
                        NOW,
                        NOW.plusSeconds(60)));
    }

    private List<Callee> callees(Identifier target) {
        return routes.contacts(target).stream()
                .map(Trunk::callee)
                .map(Objects::requireNonNull)
                .toList();
    }

    @Test
    void aPhoneIsAskedForByItsContactAndReachedWhereItsRegisterCameFrom() {
        registered(ALICE, "sip:alice@10.0.0.7:5062;line=1", "udp", "elsewhere");

        Callee callee = callees(ALICE).getFirst();

        assertEquals("sip:alice@10.0.0.7:5062;line=1", callee.requestUri());
        assertEquals("<sip:alice@sip.example>", callee.to());
        assertEquals(
                Optional.of("203.0.113.9:31337/udp"),
                NextHop.of(callee.routes().getFirst())
                        .map(hop -> hop.host() + ":" + hop.port() + "/" + hop.transport()));
    }

    @ParameterizedTest(name = "a TCP phone that registered {0} is reached at {1}")
    @CsvSource({"here, 203.0.113.9:31337", "elsewhere, 10.0.0.7:5060"})
    void aConnectionIsOfUseOnlyToTheProcessThatHoldsIt(String process, String hop) {
        registered(ALICE, "sip:alice@10.0.0.7;transport=tcp", "tcp", process);

        SipUri reached = NextHop.of(callees(ALICE).getFirst().routes().getFirst()).orElseThrow();

        assertEquals(hop, reached.host() + ":" + reached.port());
        assertEquals("tcp", reached.transport());
    }

    @Test
    void phonesThatNeedNoConnectionAreRungFirst() {
        registered(ALICE, "sip:a@10.0.0.1;transport=tcp", "tcp", "here");
        registered(ALICE, "sip:b@10.0.0.2", "udp", "here");

        assertEquals(
                List.of("sip:b@10.0.0.2", "sip:a@10.0.0.1;transport=tcp"),
                callees(ALICE).stream().map(Callee::requestUri).toList());
    }

    @Test
    void nobodyElseHasAWay() {
        CommunicationUser stranger = new CommunicationUser("8:acs:home_eve");
        registered(stranger, "sip:eve@10.0.0.7", "udp", "here");

        assertEquals(List.of(), routes.contacts(stranger));
        assertEquals(List.of(), routes.contacts(ALICE));
        assertEquals(List.of(), routes.contacts(new Identifier.PhoneNumber("+15550100001")));
    }

    @Test
    void aUserWhoCallsIsShownByTheirSipName() {
        Identifier number = new Identifier.PhoneNumber("+15550100001");
        Identifier stranger = new CommunicationUser("8:acs:home_eve");

        assertEquals(new CommunicationUser("alice"), routes.shown(ALICE));
        assertEquals(number, routes.shown(number));
        assertEquals(stranger, routes.shown(stranger));
        assertEquals(null, routes.shown(null));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:5060, 192.0.2.1",
        "2001:db8:0:0:0:0:0:7:5060, [2001:db8:0:0:0:0:0:7]",
        "[2001:db8::7]:5060, [2001:db8::7]"
    })
    void aHopKeepsTheAddressOfAnyFamily(String peer, String host) {
        SipUri hop = NextHop.of(NextHop.route(peer, "tcp")).orElseThrow();

        assertEquals(host, hop.host());
        assertEquals(5060, hop.port());
        assertEquals(Optional.empty(), NextHop.of("<sip:" + host + ";lr>"));
    }

    @ParameterizedTest(name = "a {0} phone that registered {1} is reached at {2}")
    @CsvSource({
        "tcp, here, 203.0.113.9:31337",
        "tcp, elsewhere, 10.0.0.7:5062",
        "tls, here, 203.0.113.9:31337",
        "udp, elsewhere, 198.51.100.1:4711",
        "tcp, nowhere, 198.51.100.1:4711"
    })
    void aDialogThatAnotherProcessHadGoesWhereItsPhoneIsNow(
            String transport, String process, String hop) {
        String contact = "sip:alice@10.0.0.7:5062;transport=" + transport;
        if (!process.equals("nowhere")) {
            registered(ALICE, contact, transport, process);
        }

        SipRequest request = routes.toNow(ALICE, bye(contact, transport));

        SipUri reached = NextHop.of(request.routes().getFirst()).orElseThrow();
        assertEquals(hop, reached.host() + ":" + reached.port());
        assertEquals(transport, reached.transport());
        assertEquals(List.of("<sip:proxy;lr>"), request.routes().subList(1, 2));
    }

    private static SipRequest bye(String contact, String transport) {
        return new SipRequest(
                "BYE",
                contact,
                "<sip:us@sip.example>;tag=1",
                "<sip:alice@sip.example>;tag=2",
                "id",
                2,
                List.of(NextHop.route("198.51.100.1:4711", transport), "<sip:proxy;lr>"),
                null,
                List.of(),
                null);
    }
}
