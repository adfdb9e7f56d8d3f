package io.strowger.worker.core.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.Digest.Credentials;
import io.strowger.worker.core.sip.DigestChallenge;
import io.strowger.worker.core.sip.Directory;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import io.strowger.worker.core.sip.SipUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Drives one leg by hand: inputs go in, acts and facts pile up.
final class LegScenario {
    static final String PHONE_SDP =
            "v=0\r\no=p 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
                    + "m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
    static final Trunk MAIN = trunk("main", new Credentials("user", "secret"));
    static final Trunk SPARE = trunk("spare", null);

    LegState state = LegMachine.initial();
    final List<LegAct> acts = new ArrayList<>();
    final List<MediaEvent> facts = new ArrayList<>();
    private int attempts;
    private SipRequest lastInvite =
            new SipRequest("INVITE", "", "", "", "", 0, List.of(), null, List.of(), null);
    private long exchanges;

    static Trunk trunk(String name, @Nullable Credentials credentials) {
        return new Trunk(
                name,
                SipUri.parse("sip:" + name + ".example:5060").orElseThrow(),
                List.of(),
                List.of(),
                credentials,
                0,
                0,
                false);
    }

    /// A leg whose INVITE is on its way to [#MAIN].
    static LegScenario calling() {
        LegScenario scenario = new LegScenario();
        scenario.give(
                new LegInput.Ring(
                        new LegPlan(
                                new ServerCallId(7, 0),
                                new MediaCommand.Dial(
                                        new LegId(1),
                                        new Identifier.PhoneNumber("+15550100001"),
                                        new Identifier.PhoneNumber("+15550100002"),
                                        null,
                                        Duration.ofSeconds(30),
                                        false,
                                        Map.of()),
                                30_000,
                                new LocalParty("192.0.2.1", 5060),
                                LegTimings.standard())));
        scenario.grant(MAIN);
        return scenario;
    }

    /// A leg that was answered; what it did until then is forgotten.
    static LegScenario talking() {
        LegScenario scenario = calling();
        scenario.respond(180);
        scenario.respond(200);
        scenario.acts.clear();
        scenario.facts.clear();
        return scenario;
    }

    /// A leg that somebody offers with this description; null: none. Its 100 is forgotten.
    static LegScenario offered(@Nullable String sdp) {
        return arriving(incoming(new LegScenario(), 1, "z9hG4bK1", sdp, null));
    }

    static LegScenario arriving(IncomingInvite invite) {
        LegScenario scenario = new LegScenario();
        scenario.lastInvite =
                new SipRequest(
                        "INVITE",
                        "",
                        "",
                        "",
                        invite.request().sipCallId(),
                        0,
                        List.of(),
                        null,
                        List.of(),
                        null);
        scenario.exchanges = invite.request().exchange();
        scenario.give(arrival(invite));
        scenario.acts.removeIf(
                act -> act instanceof LegAct.Reply(var reply) && reply.status() == 100);
        return scenario;
    }

    static LegInput arrival(IncomingInvite invite) {
        return new LegInput.Arrive(
                basis(),
                invite,
                new Arrival.Welcome(
                        new Identifier.PhoneNumber("+15550100002"),
                        new Identifier.PhoneNumber("+15550100001"),
                        "main",
                        "Ada",
                        Map.of("X-Ticket", "7")),
                MAIN,
                MAIN.srtp(),
                new AttemptIds("call0@phone", "us0", "cnonce"));
    }

    static LegBasis basis() {
        return new LegBasis(
                new ServerCallId(7, 0),
                new LegId(1),
                0,
                new LocalParty("192.0.2.1", 5060),
                LegTimings.standard(),
                new Directory(Map.of("bob", new Identifier.CommunicationUser("8:acs:r_bob"))));
    }

    /// The INVITE of an incoming leg, once more or at first.
    static IncomingInvite incoming(
            LegScenario scenario,
            long cseq,
            String branch,
            @Nullable String sdp,
            @Nullable String sessionExpires) {
        IncomingRequest request =
                new IncomingRequest(
                        ++scenario.exchanges,
                        "call0@phone",
                        "INVITE",
                        cseq,
                        "phone",
                        "",
                        "sip:phone@192.0.2.9:5062",
                        Set.of("timer"),
                        Set.of(),
                        sessionExpires,
                        sdp,
                        "192.0.2.9:5060");
        return new IncomingInvite(
                request,
                "sip:+15550100001@192.0.2.1",
                "\"Ada\" <sip:+15550100002@192.0.2.9>;tag=phone",
                "<sip:+15550100001@192.0.2.1>",
                List.of(),
                false,
                List.of("<sip:proxy1.example;lr>", "<sip:proxy2.example;lr>"),
                "udp",
                branch,
                null,
                Map.of(),
                false);
    }

    /// An incoming leg that talks; what it did until then is forgotten.
    static LegScenario answered() {
        LegScenario scenario = offered(PHONE_SDP).answer().ask("ACK", 1, null);
        scenario.acts.clear();
        scenario.facts.clear();
        return scenario;
    }

    /// A new leg for a dialog of [#offered] that was given away.
    static LegScenario released() {
        LegScenario scenario = offered(PHONE_SDP);
        scenario.state = LegMachine.initial();
        scenario.acts.clear();
        scenario.facts.clear();
        return scenario;
    }

    LegScenario answer() {
        return give(new LegInput.Answer(false)).give(new LegInput.MediaOpened(30_000));
    }

    LegScenario give(LegInput input) {
        LegDecision decision = LegMachine.decide(state, input);
        state = decision.state();
        acts.addAll(decision.acts());
        facts.addAll(decision.facts());
        return this;
    }

    LegScenario grant(Trunk trunk) {
        attempts++;
        return give(
                new LegInput.TrunkGranted(
                        trunk,
                        new AttemptIds("call" + attempts + "@us", "us" + attempts, "cnonce")));
    }

    LegScenario fire(LegTimer timer) {
        return give(new LegInput.Fired(timer));
    }

    LegScenario hangUp() {
        return give(new LegInput.HangUp(LegEnd.Cause.LOCAL_HANG_UP, "hung up"));
    }

    LegScenario hear(SipSignal signal) {
        return give(new LegInput.Heard(signal));
    }

    /// The last INVITE gets a response of the usual form.
    LegScenario respond(int status) {
        return hear(new SipSignal.ResponseArrived(response(invite(), status, "phone", PHONE_SDP)));
    }

    LegScenario challenge(int status, boolean stale, String nonce) {
        IncomingResponse bare = response(lastSent(), status, "phone", null);
        DigestChallenge challenge =
                new DigestChallenge(
                        status == 407,
                        "realm",
                        nonce,
                        DigestChallenge.Algorithm.MD5,
                        null,
                        true,
                        stale);
        return hear(
                new SipSignal.ResponseArrived(
                        new IncomingResponse(
                                bare.sipCallId(),
                                bare.method(),
                                bare.cseq(),
                                status,
                                "Unauthorized",
                                bare.from(),
                                bare.to(),
                                bare.toTag(),
                                null,
                                List.of(),
                                List.of(challenge),
                                null,
                                null,
                                bare.peer())));
    }

    static IncomingResponse response(
            SipRequest request, int status, String toTag, @Nullable String sdp) {
        boolean success = status >= 200 && status < 300;
        return new IncomingResponse(
                request.sipCallId(),
                request.method(),
                request.cseq(),
                status,
                "reason " + status,
                request.from(),
                request.to() + (request.to().contains("tag=") ? "" : ";tag=" + toTag),
                toTag,
                success ? "sip:phone@192.0.2.9:5062" : null,
                List.of("<sip:proxy1.example;lr>", "<sip:proxy2.example;lr>"),
                List.of(),
                null,
                success ? sdp : null,
                "192.0.2.9:5060");
    }

    IncomingRequest request(String method, long cseq, @Nullable String sdp) {
        return new IncomingRequest(
                ++exchanges,
                invite().sipCallId(),
                method,
                cseq,
                "phone",
                "us" + attempts,
                "sip:phone@192.0.2.9:5062",
                Set.of(),
                Set.of(),
                null,
                sdp,
                "192.0.2.9:5060");
    }

    /// Of the last request that came.
    long exchanges() {
        return exchanges;
    }

    LegScenario ask(String method, long cseq, @Nullable String sdp) {
        return hear(new SipSignal.RequestArrived(request(method, cseq, sdp)));
    }

    SipRequest invite() {
        for (SipRequest sent : sent("INVITE")) {
            lastInvite = sent;
        }
        return lastInvite;
    }

    IncomingRequest refer(long cseq, @Nullable String referTo) {
        IncomingRequest bare = request("REFER", cseq, null);
        return new IncomingRequest(
                bare.exchange(),
                bare.sipCallId(),
                "REFER",
                cseq,
                bare.fromTag(),
                bare.toTag(),
                bare.contact(),
                Set.of(),
                Set.of(),
                null,
                referTo,
                null,
                bare.peer());
    }

    LegScenario askRefer(long cseq, @Nullable String referTo) {
        return hear(new SipSignal.RequestArrived(refer(cseq, referTo)));
    }

    /// The last reply.
    SipReply reply() {
        return acts(LegAct.Reply.class).getLast().reply();
    }

    <T extends MediaEvent> T fact(Class<T> type) {
        return facts.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    SipRequest lastSent() {
        return acts.stream()
                .filter(LegAct.Send.class::isInstance)
                .map(act -> ((LegAct.Send) act).request())
                .reduce((_, last) -> last)
                .orElse(lastInvite);
    }

    List<SipRequest> sent(String method) {
        return acts.stream()
                .filter(LegAct.Send.class::isInstance)
                .map(act -> ((LegAct.Send) act).request())
                .filter(request -> request.method().equals(method))
                .toList();
    }

    <T extends LegAct> List<T> acts(Class<T> type) {
        return acts.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Integer> replies() {
        return acts(LegAct.Reply.class).stream().map(act -> act.reply().status()).toList();
    }

    /// The description in the first reply.
    String answeredSdp() {
        return String.valueOf(acts(LegAct.Reply.class).getFirst().reply().sdp());
    }

    /// Asserts that the leg ended, once, this way.
    void assertEnded(LegEnd.Cause cause, int status) {
        List<LegEnd> ends =
                facts.stream()
                        .filter(MediaEvent.LegEnded.class::isInstance)
                        .map(fact -> ((MediaEvent.LegEnded) fact).end())
                        .toList();
        assertEquals(1, ends.size(), "LegEnded once, facts: " + facts);
        assertEquals(cause, ends.getFirst().cause());
        assertEquals(status, ends.getFirst().sipStatus());
    }
}
