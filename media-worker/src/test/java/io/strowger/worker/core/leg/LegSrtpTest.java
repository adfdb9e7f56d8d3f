package io.strowger.worker.core.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.media.sdp.LocalAudio;
import io.strowger.media.sdp.LocalSrtp;
import io.strowger.media.sdp.OfferAnswer;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.media.srtp.CryptoSuite;
import io.strowger.media.srtp.MediaKeys;
import io.strowger.media.srtp.SrtpKeys;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.SipSignal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Legs whose media is protected.
class LegSrtpTest {
    private static final List<SrtpKeys> OURS = keys(1);
    private static final List<SrtpKeys> THEIRS = keys(10);
    private static final List<SrtpKeys> NEXT = keys(20);

    @Test
    void requiresItOfATrunk() {
        LegScenario leg = calling(SrtpPolicy.REQUIRE);
        String offer = sdp(leg);

        respond(leg, answerTo(offer, SrtpPolicy.REQUIRE));

        assertTrue(offer.contains(" RTP/SAVP "), offer);
        assertEquals(new MediaKeys(OURS.getFirst(), THEIRS.getFirst()), connected(leg));
    }

    @Test
    void hangsUpWhenATrunkThatMustAnswersPlainly() {
        LegScenario leg = calling(SrtpPolicy.REQUIRE);

        respond(leg, LegScenario.PHONE_SDP);

        leg.assertEnded(Cause.UNREACHABLE, 200);
        assertEquals(1, leg.sent("BYE").size());
        assertEquals(List.of(), leg.acts(LegAct.Connect.class));
    }

    @Test
    void talksPlainlyWhenItIsOnlyPreferred() {
        LegScenario leg = calling(SrtpPolicy.PREFER);
        String offer = sdp(leg);

        respond(leg, LegScenario.PHONE_SDP);

        assertTrue(offer.contains(" RTP/AVP ") && offer.contains("a=crypto:1 "), offer);
        assertNull(connected(leg));
    }

    @Test
    void eachTrunkThatIsTriedHearsOtherKeys() {
        LegScenario leg = calling(SrtpPolicy.REQUIRE);
        String first = sdp(leg);

        leg.respond(503);
        leg.give(
                new LegInput.TrunkGranted(
                        LegScenario.SPARE.withSrtp(SrtpPolicy.REQUIRE), ids("call2@us", NEXT)));

        assertTrue(first.contains(OURS.getFirst().inline()), first);
        assertTrue(sdp(leg).contains(NEXT.getFirst().inline()), sdp(leg));
        assertFalse(sdp(leg).contains(OURS.getFirst().inline()), sdp(leg));
    }

    @Test
    void takesACallerWithKeysAndRefusesOneWithout() {
        LegScenario secure = offered(theirs(SrtpPolicy.REQUIRE)).answer();
        LegScenario plain = offered(LegScenario.PHONE_SDP).answer();

        assertEquals(new MediaKeys(OURS.getFirst(), THEIRS.getFirst()), connected(secure));
        assertEquals(List.of(488), plain.replies());
    }

    @Test
    void anINVITEIsRefusedBeforeAnybodyIsBothered() {
        IncomingInvite plain = invite(LegScenario.PHONE_SDP);
        IncomingInvite secure = invite(theirs(SrtpPolicy.REQUIRE));

        assertEquals(488, OfferCheck.refusal(plain, SrtpPolicy.REQUIRE).orElseThrow().status());
        assertEquals(488, OfferCheck.refusal(secure, SrtpPolicy.OFF).orElseThrow().status());
        assertTrue(OfferCheck.refusal(plain, SrtpPolicy.PREFER).isEmpty());
        assertTrue(OfferCheck.refusal(secure, SrtpPolicy.PREFER).isEmpty());
    }

    @Test
    void aHoldKeepsTheKeysAndNewOnesOfThePeerAreTaken() {
        LegScenario leg = calling(SrtpPolicy.PREFER);
        respond(leg, answerTo(sdp(leg), SrtpPolicy.PREFER));
        String hold = theirs(SrtpPolicy.REQUIRE).replace("a=sendrecv", "a=sendonly");

        leg.ask("INVITE", 5, hold).ask("ACK", 5, null);
        MediaKeys held = connected(leg);
        leg.ask("INVITE", 6, described(SrtpPolicy.REQUIRE, NEXT));

        assertEquals(new MediaKeys(OURS.getFirst(), THEIRS.getFirst()), held);
        assertEquals(new MediaKeys(OURS.getFirst(), NEXT.getFirst()), connected(leg));
    }

    @Test
    void whatIsProtectedStaysSo() {
        LegScenario leg = calling(SrtpPolicy.PREFER);
        respond(leg, answerTo(sdp(leg), SrtpPolicy.PREFER));

        leg.ask("INVITE", 5, LegScenario.PHONE_SDP);

        assertEquals(488, leg.reply().status());
        assertEquals(1, leg.acts(LegAct.Connect.class).size());
    }

    @Test
    void isCarriedOnElsewhereWithNewKeysOfOurs() {
        DialogRecord dialog = released();
        LegScenario leg = adopted(dialog);
        String offer = sdp(leg);

        respond(leg, answerTo(offer, SrtpPolicy.REQUIRE));

        assertTrue(offer.contains(" RTP/SAVP "), offer);
        assertEquals(new MediaKeys(NEXT.getFirst(), THEIRS.getFirst()), connected(leg));
        assertNotNull(leg.fact(MediaEvent.LegAnswered.class));
        assertFalse(dialog.toString().contains("inline"), dialog::toString);
    }

    @Test
    void isNotCarriedOnInThePlain() {
        LegScenario leg = adopted(released());

        respond(leg, LegScenario.PHONE_SDP);

        assertEquals(1, leg.sent("BYE").size());
        List<LegAct.Connect> connected = leg.acts(LegAct.Connect.class);
        assertEquals(1, connected.size(), "what was agreed on before the answer");
        assertNotNull(connected.getFirst().audio().srtp());
    }

    private static DialogRecord released() {
        LegScenario leg = offered(theirs(SrtpPolicy.REQUIRE)).answer().ask("ACK", 1, null);
        leg.give(new LegInput.Release());
        return leg.fact(MediaEvent.LegReleased.class).dialog();
    }

    private static LegScenario adopted(DialogRecord dialog) {
        LegScenario leg = LegScenario.released();
        return leg.give(
                        new LegInput.Adopt(
                                LegScenario.basis(),
                                dialog,
                                ToneReports.of(false),
                                false,
                                LegScenario.MAIN,
                                ids("call0@phone", NEXT)))
                .give(new LegInput.MediaOpened(31_000));
    }

    private static LegScenario calling(SrtpPolicy policy) {
        LegScenario leg = LegScenario.calling();
        leg.respond(503);
        leg.acts.clear();
        return leg.give(
                new LegInput.TrunkGranted(
                        LegScenario.SPARE.withSrtp(policy),
                        new AttemptIds("call9@us", "us1", "cnonce", OURS)));
    }

    private static LegScenario offered(String sdp) {
        IncomingInvite invite = invite(sdp);
        LegScenario leg = LegScenario.released();
        LegInput.Arrive plain = (LegInput.Arrive) LegScenario.arrival(invite);
        leg.give(
                new LegInput.Arrive(
                        plain.basis(),
                        invite,
                        plain.welcome(),
                        plain.trunk(),
                        SrtpPolicy.REQUIRE,
                        new AttemptIds("call0@phone", "us0", "cnonce", OURS)));
        leg.acts.clear();
        return leg;
    }

    private static IncomingInvite invite(String sdp) {
        return LegScenario.incoming(new LegScenario(), 1, "z9hG4bK1", sdp, null);
    }

    private static AttemptIds ids(String sipCallId, List<SrtpKeys> keys) {
        return new AttemptIds(sipCallId, "us0", "cnonce", keys);
    }

    private static String sdp(LegScenario leg) {
        return String.valueOf(leg.invite().sdp());
    }

    private static void respond(LegScenario leg, String sdp) {
        leg.hear(
                new SipSignal.ResponseArrived(
                        LegScenario.response(leg.invite(), 200, "phone", sdp)));
    }

    private static @Nullable MediaKeys connected(LegScenario leg) {
        return leg.acts(LegAct.Connect.class).getLast().audio().srtp();
    }

    private static String answerTo(String offer, SrtpPolicy policy) {
        return ((OfferAnswer.Agreed) OfferAnswer.answer(audio(policy, THEIRS), offer)).localSdp();
    }

    private static String theirs(SrtpPolicy policy) {
        return described(policy, THEIRS);
    }

    private static String described(SrtpPolicy policy, List<SrtpKeys> keys) {
        return OfferAnswer.offer(audio(policy, keys));
    }

    private static LocalAudio audio(SrtpPolicy policy, List<SrtpKeys> keys) {
        return LocalAudio.of("192.0.2.9", 4000, 1).withSrtp(new LocalSrtp(policy, keys));
    }

    private static List<SrtpKeys> keys(int seed) {
        return Arrays.stream(CryptoSuite.values())
                .map(suite -> {
                    byte[] bytes = new byte[SrtpKeys.BYTES];
                    Arrays.fill(bytes, (byte) (seed + suite.ordinal()));
                    return SrtpKeys.of(suite, bytes);
                })
                .toList();
    }
}
