package io.strowger.worker.shell.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.strowger.contracts.api.Identifier;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.testsupport.Mutations;
import io.strowger.worker.core.arrival.Callers;
import io.strowger.worker.core.auth.DigestAuthority;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.leg.OfferCheck;
import io.strowger.worker.core.registration.RegisterRequest;
import io.strowger.worker.core.registration.Registrar;
import io.strowger.worker.core.sip.Directory;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.NameAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spoilt SIP messages, from the bytes to the decision of the core what to do with them.
class SipFuzzTest {
    private static final int MESSAGES = 6_000;
    private static final SipUser BOB =
            new SipUser(new Identifier.CommunicationUser("8:acs:home_bob"), "bob", "secret");
    private static final Directory PEOPLE = new Directory(Map.of(BOB.username(), BOB.id()));
    private int unread;
    private final Callers callers = new Callers(PEOPLE);
    private final DigestAuthority authority =
            new DigestAuthority(List.of(BOB), new byte[32], () -> 4711);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverComesIsReadOrThrownAway(long seed) throws Exception {
        Mutations mutations = new Mutations(seed);
        List<byte[]> corpus = Corpus.sip();
        int read = 0;

        for (int i = 0; i < MESSAGES; i++) {
            byte[] bytes = mutations.of(mutations.any(corpus));
            try {
                read += reads(bytes) ? 1 : 0;
            } catch (Exception | Error e) {
                throw new AssertionError(
                        "message " + i + ":\n" + new String(bytes, StandardCharsets.ISO_8859_1), e);
            }
        }

        assertTrue(read > MESSAGES / 10, read + " messages only were worth reading");
        assertTrue(unread < read / 50, unread + " messages were parsed and could not be read");
    }

    /// The corpus is no good when its right messages are not.
    @Test
    void theMessagesAreRightBeforeTheyAreSpoilt() throws Exception {
        for (String name :
                List.of("invite.sip", "register.sip", "ok.sip", "challenge.sip", "refer.sip")) {
            assertTrue(reads(Corpus.right(name)), name);
        }
    }

    @Test
    void aContactThatIsNoneIsRefusedAndNotPassedOver() throws Exception {
        String invite = new String(Corpus.right("invite.sip"), StandardCharsets.ISO_8859_1);
        byte[] spoilt =
                invite.replaceFirst("Contact: [^\r]*", "Contact: *")
                        .getBytes(StandardCharsets.ISO_8859_1);

        IncomingInvite read =
                MessageReader.invite(assertInstanceOf(SIPRequest.class, parse(spoilt)));

        assertEquals(400, OfferCheck.refusal(read, SrtpPolicy.PREFER).orElseThrow().status());
    }

    private boolean reads(byte[] bytes) throws Exception {
        SIPMessage message = parse(bytes);
        if (message == null) {
            return false;
        }
        message.setPeerPacketSourceAddress(InetAddress.getByName("192.0.2.1"));
        message.setPeerPacketSourcePort(5060);
        Runnable judgement;
        try {
            judgement = read(message);
        } catch (RuntimeException unreadable) {
            unread++;
            return false;
        }
        judgement.run();
        return true;
    }

    /// The library reads headers when they are asked for and throws as it likes, which the listener
    /// catches; what it has read, the core must be able to judge.
    private Runnable read(SIPMessage message) {
        return switch (message) {
            case SIPRequest request -> {
                MessageReader.request(request, 1);
                IncomingInvite invite = MessageReader.invite(request);
                RegisterRequest register = MessageReader.register(request);
                yield () -> {
                    judge(invite);
                    judge(register);
                };
            }
            case SIPResponse response -> {
                IncomingResponse read = MessageReader.response(response);
                yield () -> NameAddress.parse(read.to());
            }
            default -> throw new AssertionError("neither request nor response");
        };
    }

    private static @Nullable SIPMessage parse(byte[] bytes) throws Exception {
        return SilentParserFactory.parser()
                .parseSIPMessage(bytes, true, false, (_, _, _, _, _) -> {});
    }

    private void judge(IncomingInvite invite) {
        callers.claimed(invite);
        callers.fromTrunk("main", invite);
        callers.fromUser(BOB.id(), invite);
        OfferCheck.refusal(invite, SrtpPolicy.PREFER);
        authority.check("INVITE", invite.authorization(), 1_000_000, "client");
    }

    private void judge(RegisterRequest request) {
        authority.check("REGISTER", request.authorization(), 1_000_000, request.sourceHost());
        Registrar.decide(BOB, request, Map.of(), Instant.EPOCH, "here");
    }
}
