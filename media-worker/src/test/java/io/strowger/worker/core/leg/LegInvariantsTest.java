package io.strowger.worker.core.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds whatever comes in whatever order.
class LegInvariantsTest {
    private static final int[] STATUSES = {
        100, 180, 183, 200, 302, 401, 404, 407, 481, 486, 487, 491, 500, 503, 603
    };
    private static final String[] METHODS = {
        "ACK", "BYE", "INVITE", "UPDATE", "INFO", "OPTIONS", "REFER"
    };
    private static final Set<String> UPKEEP = Set.of("BYE");

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void endsOnceAndThenOnlyTidiesUp(long seed) {
        Random random = new Random(seed);
        LegScenario leg = LegScenario.calling();
        Set<SipRequest> sent = new HashSet<>(Set.of(leg.invite()));

        for (int i = 0; i < 60; i++) {
            boolean wasOver = LegMachine.isOver(leg.state);
            int actsBefore = leg.acts.size();
            int factsBefore = leg.facts.size();
            step(leg, random, sent);
            leg.acts(LegAct.Send.class).forEach(act -> sent.add(act.request()));
            if (wasOver) {
                assertEquals(factsBefore, leg.facts.size(), "nothing is reported after the end");
                leg.acts.subList(actsBefore, leg.acts.size()).forEach(LegInvariantsTest::isUpkeep);
            }
        }
        leg.hangUp();
        leg.fire(LegTimer.CANCEL_GUARD);

        assertEquals(1, leg.facts.stream().filter(MediaEvent.LegEnded.class::isInstance).count());
        assertEquals(1, leg.acts(LegAct.CloseMedia.class).size());
        assertTrue(
                leg.facts.stream().filter(MediaEvent.LegAnswered.class::isInstance).count() <= 1);
        assertEquals(granted(leg), leg.acts(LegAct.ReleaseTrunk.class).size());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void endsAnIncomingLegOnceAndAnswersItsInviteOnce(long seed) {
        Random random = new Random(seed);
        LegScenario leg =
                LegScenario.offered(random.nextInt(4) == 0 ? null : LegScenario.PHONE_SDP);
        long invite = leg.exchanges();
        Set<SipRequest> sent = new HashSet<>(Set.of(leg.invite()));

        for (int i = 0; i < 60; i++) {
            boolean wasOver = LegMachine.isOver(leg.state);
            int factsBefore = leg.facts.size();
            orderOrStep(leg, random, sent);
            leg.acts(LegAct.Send.class).forEach(act -> sent.add(act.request()));
            if (wasOver) {
                assertEquals(factsBefore, leg.facts.size(), "nothing is reported after the end");
            }
        }
        leg.hangUp();
        leg.fire(LegTimer.ANSWER_AGAIN);
        for (int i = 0; i < 20; i++) {
            leg.fire(LegTimer.ANSWER_AGAIN);
        }

        long ends =
                leg.facts.stream()
                        .filter(fact ->
                                fact instanceof MediaEvent.LegEnded
                                        || fact instanceof MediaEvent.LegReleased)
                        .count();
        assertEquals(1, ends, "facts: " + leg.facts);
        assertEquals(1, leg.acts(LegAct.ReleaseTrunk.class).size());
        assertEquals(1, leg.acts(LegAct.CloseMedia.class).size());
        assertTrue(
                leg.facts.stream().filter(MediaEvent.LegAnswered.class::isInstance).count() <= 1);
        assertEquals(
                1,
                leg.acts(LegAct.Reply.class).stream()
                        .filter(act -> act.reply().exchange() == invite)
                        .filter(act -> act.reply().status() >= 200)
                        .count());
    }

    private void orderOrStep(LegScenario leg, Random random, Set<SipRequest> sent) {
        switch (random.nextInt(12)) {
            case 0 -> leg.give(new LegInput.SayRinging());
            case 1 -> {
                int opensBefore = leg.acts(LegAct.OpenMedia.class).size();
                leg.give(new LegInput.Answer(true));
                if (leg.acts(LegAct.OpenMedia.class).size() > opensBefore) {
                    leg.give(
                            random.nextInt(5) == 0
                                    ? new LegInput.MediaRefused()
                                    : new LegInput.MediaOpened(30_000));
                }
            }
            case 2 -> {
                if (random.nextInt(5) == 0) {
                    leg.give(new LegInput.Reject(486, "Busy Here"));
                }
            }
            case 3 -> {
                if (random.nextInt(5) == 0) {
                    leg.give(new LegInput.Release());
                }
            }
            case 4 -> leg.give(new LegInput.Notify(100 + random.nextInt(500), "so"));
            case 5 -> leg.askRefer(random.nextInt(8), "<sip:+15550100003@192.0.2.9>");
            default -> step(leg, random, sent);
        }
    }

    private int grants;

    private long granted(LegScenario leg) {
        assertTrue(leg.sent("INVITE").size() >= 1);
        return grants + 1L;
    }

    private void step(LegScenario leg, Random random, Set<SipRequest> sent) {
        int seeksBefore = leg.acts(LegAct.SeekTrunk.class).size();
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> leg.hear(new SipSignal.ResponseArrived(response(random, sent)));
            case 4 ->
                    leg.challenge(
                            random.nextBoolean() ? 401 : 407,
                            random.nextBoolean(),
                            "n" + random.nextInt(3));
            case 5, 6 ->
                    leg.ask(
                            METHODS[random.nextInt(METHODS.length)],
                            random.nextInt(8),
                            random.nextInt(3) == 0
                                    ? null
                                    : random.nextInt(4) == 0 ? "x" : LegScenario.PHONE_SDP);
            case 7 -> {
                SipRequest request = any(random, sent);
                leg.hear(
                        new SipSignal.RequestFailed(
                                request.sipCallId(), request.method(), request.cseq(), "gone"));
            }
            case 8 -> {
                LegTimer timer = LegTimer.values()[random.nextInt(LegTimer.values().length)];
                leg.fire(timer);
            }
            default -> {
                if (random.nextInt(6) == 0) {
                    leg.hangUp();
                }
            }
        }
        if (leg.acts(LegAct.SeekTrunk.class).size() > seeksBefore) {
            if (random.nextBoolean()) {
                grants++;
                leg.grant(LegScenario.SPARE);
            } else {
                leg.give(new LegInput.TrunkRefused(Cause.NO_ROUTE, "none"));
            }
        }
    }

    private static io.strowger.worker.core.sip.IncomingResponse response(
            Random random, Set<SipRequest> sent) {
        return LegScenario.response(
                any(random, sent),
                STATUSES[random.nextInt(STATUSES.length)],
                random.nextInt(4) == 0 ? "fork" : "phone",
                random.nextInt(5) == 0 ? "nonsense" : LegScenario.PHONE_SDP);
    }

    private static SipRequest any(Random random, Set<SipRequest> sent) {
        List<SipRequest> all =
                sent.stream().sorted(java.util.Comparator.comparing(SipRequest::toString)).toList();
        return all.get(random.nextInt(all.size()));
    }

    private static void isUpkeep(LegAct act) {
        switch (act) {
            case LegAct.SendAck _,
                    LegAct.Cancel _,
                    LegAct.Reply _,
                    LegAct.Forget _,
                    LegAct.ReleaseTrunk _ -> {
                // Owed to the protocol or to the caller.
            }
            case LegAct.Send(var request) ->
                    assertTrue(UPKEEP.contains(request.method()), request.method());
            case LegAct.SeekTrunk _,
                    LegAct.ReplyAgain _,
                    LegAct.OpenMedia _,
                    LegAct.Connect _,
                    LegAct.CloseMedia _,
                    LegAct.Schedule _,
                    LegAct.Unschedule _ ->
                    throw new AssertionError("after the end: " + act);
        }
    }
}
