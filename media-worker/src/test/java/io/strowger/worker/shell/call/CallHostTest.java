package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.placement.Placement;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.worker.core.lease.Lease;
import io.strowger.worker.core.leg.LocalParty;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import io.strowger.worker.core.sip.SipWire;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Many calls in one worker, with a wire in memory: what one call does to the others.
class CallHostTest {
    private static final String SDP =
            "v=0\r\no=p 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                    + "m=audio 4000 RTP/AVP 0\r\n";
    private final Wire wire = new Wire();
    private final BlockingQueue<MediaReport> reports = new LinkedBlockingQueue<>();
    private final BreakableEngine engine = new BreakableEngine();
    private CallHost host = host(10, 100);

    @AfterEach
    void close() {
        host.close();
        engine.close();
    }

    @Test
    void endsTheCallWhoseMediaThrowsAndNoOther() throws Exception {
        order(1, 1, TestWorker.dial(1, Duration.ofSeconds(30)));
        order(2, 1, TestWorker.dial(1, Duration.ofSeconds(30)));
        SipRequest first = wire.next("INVITE");
        SipRequest second = wire.next("INVITE");

        engine.failsOn = "connect";
        answer(first);
        MediaReport end = reports.poll(10, TimeUnit.SECONDS);
        engine.failsOn = "";
        answer(second);
        MediaReport other = reports.poll(10, TimeUnit.SECONDS);

        assertEquals(LegEnd.Cause.WORKER_FAILURE, endOf(end).cause());
        assertEquals(first.sipCallId(), wire.next("BYE").sipCallId());
        assertTrue(
                other != null && other.event() instanceof MediaEvent.LegAnswered,
                String.valueOf(other));
        assertEquals(1, host.callCount());
    }

    @Test
    void reportsALegThatCouldNotEvenBegin() throws Exception {
        engine.failsOn = "open";

        order(1, 1, TestWorker.dial(1, Duration.ofSeconds(30)));

        assertEquals(
                LegEnd.Cause.WORKER_FAILURE, endOf(reports.poll(10, TimeUnit.SECONDS)).cause());
        engine.failsOn = "";
        order(1, 2, TestWorker.dial(2, Duration.ofSeconds(30)));
        wire.next("INVITE");
        assertEquals(1, host.callCount());
    }

    @Test
    void reportsTheEndWhenItsByeCannotBeWritten() throws Exception {
        talking();

        wire.broken = true;
        order(1, 2, new MediaCommand.HangUpLeg(new LegId(1)));

        assertEquals(
                LegEnd.Cause.WORKER_FAILURE, endOf(reports.poll(10, TimeUnit.SECONDS)).cause());
        awaitCalls(0);
        assertEquals(0, engine.open.size());
        assertEquals(0, host.trunkLoad().channels("main"));
    }

    @Test
    void anAnswerThatWaitedWhileTheProcessWasStoppedIsHungUpAsOthersHaveItsCalls()
            throws Exception {
        order(1, 1, TestWorker.dial(1, Duration.ofSeconds(30)));
        SipRequest invite = wire.next("INVITE");
        host.watch(() -> host.entitled(Lease.Right.NONE, false));

        answer(invite);

        assertEquals(invite.sipCallId(), wire.next("BYE").sipCallId());
        assertEquals(0, reports.size());
    }

    @Test
    void refusesCallsAboveItsNumber() throws Exception {
        host.close();
        host = host(1, 100);

        order(1, 1, TestWorker.dial(1, Duration.ofSeconds(30)));
        wire.next("INVITE");
        order(2, 1, TestWorker.dial(1, Duration.ofSeconds(30)));

        assertEquals(LegEnd.Cause.NO_CAPACITY, endOf(reports.poll(10, TimeUnit.SECONDS)).cause());
        assertEquals(1, host.callCount());
    }

    @Test
    void refusesNewCallsAboveItsPace() throws Exception {
        host.close();
        host = host(100, 2);

        for (int call = 1; call <= 3; call++) {
            order(call, 1, TestWorker.dial(1, Duration.ofSeconds(30)));
        }

        assertEquals(LegEnd.Cause.NO_CAPACITY, endOf(reports.poll(10, TimeUnit.SECONDS)).cause());
        assertEquals(2, host.callCount());
    }

    @Test
    void takesALaterLegOfACallThatIsIn() throws Exception {
        host.close();
        host = host(1, 1);

        order(1, 1, TestWorker.dial(1, Duration.ofSeconds(30)));
        order(1, 2, TestWorker.dial(2, Duration.ofSeconds(30)));

        wire.next("INVITE");
        wire.next("INVITE");
        assertEquals(1, host.callCount());
    }

    @Test
    void dropsOrdersThatItHasSeen() throws Exception {
        order(1, 1, TestWorker.dial(1, Duration.ofSeconds(30)));
        order(1, 1, TestWorker.dial(1, Duration.ofSeconds(30)));
        order(1, 2, new MediaCommand.HangUpLeg(new LegId(1)));
        order(2, 1, TestWorker.dial(1, Duration.ofSeconds(30)));

        String one = wire.next("INVITE").sipCallId();

        assertTrue(!wire.next("INVITE").sipCallId().equals(one), "the second is of call 2");
        assertEquals(0, wire.sent.size());
    }

    @Test
    void goesSilentWithoutAWordAndTakesTheCallAnewInItsNextLife() throws Exception {
        SipRequest invite = talking();

        host.silence();
        awaitCalls(0);
        ask(invite, "BYE", 1);
        order(1, 1, TestWorker.dial(1, Duration.ofSeconds(30)));

        assertTrue(!wire.next("INVITE").sipCallId().equals(invite.sipCallId()));
        assertEquals(0, reports.size());
        assertEquals(List.of(), List.copyOf(wire.replies));
        assertEquals(1, host.trunkLoad().channels("main"));
    }

    @Test
    void letsGoOfACallThatAnotherCarriesOnWithoutAWord() throws Exception {
        SipRequest invite = talking();

        order(1, 2, new MediaCommand.AbandonCall());
        awaitCalls(0);
        ask(invite, "BYE", 1);
        order(2, 1, TestWorker.dial(1, Duration.ofSeconds(30)));

        assertTrue(!wire.next("INVITE").sipCallId().equals(invite.sipCallId()));
        assertEquals(0, reports.size());
        assertEquals(List.of(), List.copyOf(wire.replies));
    }

    @Test
    void leavesAPhoneThatFallsSilentWithoutAWordWhileNobodyHearsTheWorker() throws Exception {
        talking();

        host.drift(true);
        host.legSilent(TestWorker.call(1), new LegId(1));

        assertEquals(LegEnd.Cause.MEDIA_LOST, endOf(reports.poll(10, TimeUnit.SECONDS)).cause());
        awaitCalls(0);
        assertTrue(wire.sent.stream().noneMatch(sent -> sent.method().equals("BYE")));
        assertEquals(0, engine.open.size());
        assertEquals(0, host.trunkLoad().channels("main"));
    }

    @Test
    void reportsTheKeysOfACallThatIsHandedOverAndNothingElse() throws Exception {
        talking();
        MediaEvent key = new MediaEvent.ToneReceived(new LegId(1), Tone.FIVE, 1, 8000L);

        order(1, 2, new MediaCommand.HandOverCall());
        host.happened(
                TestWorker.call(1), new MediaEvent.PlayStarted(new OperationId(new UUID(1, 1))));
        host.happened(TestWorker.call(1), key);

        assertEquals(key, Objects.requireNonNull(reports.poll(10, TimeUnit.SECONDS)).event());
    }

    @Test
    void hangsUpNothingAtItsEndWhileNobodyHearsTheWorker() throws Exception {
        talking();

        host.drift(true);
        host.hangUpAll("the worker stops");
        awaitCalls(0);

        assertTrue(wire.sent.stream().noneMatch(sent -> sent.method().equals("BYE")));
        assertEquals(0, reports.size());
    }

    @Test
    void cancelsWhatRingsWhenItGoesSilent() throws Exception {
        SipRequest invite = ringing();

        host.silence();

        assertEquals(invite.sipCallId(), wire.cancelled.poll(10, TimeUnit.SECONDS));
        say(invite, 487);
        awaitCalls(0);
        assertEquals(0, reports.size());
        assertEquals(0, host.trunkLoad().channels("main"));
    }

    @Test
    void hangsUpWhoAnsweredAsItWasCancelledByAWorkerThatWentSilent() throws Exception {
        SipRequest invite = ringing();

        host.silence();
        answer(invite);
        answer(invite);

        assertEquals(invite.sipCallId(), wire.next("BYE").sipCallId());
        awaitCalls(0);
        io.strowger.testsupport.Eventually.holds(
                "both are acknowledged", Duration.ofSeconds(10), () -> wire.acks.size() == 2);
        assertEquals(0, wire.sent.size());
        assertEquals(0, reports.size());
    }

    @Test
    void hangsUpWhoAnsweredAndWasToldAsEndedWhenAnotherCarriesTheCallOn() throws Exception {
        order(1, 1, TestWorker.dial(1, Duration.ofSeconds(30)));
        SipRequest carriedOn = wire.next("INVITE");
        answer(carriedOn);
        order(1, 2, TestWorker.dial(2, Duration.ofSeconds(30)));
        SipRequest ended = wire.next("INVITE");
        answer(ended);
        reports.poll(10, TimeUnit.SECONDS);
        reports.poll(10, TimeUnit.SECONDS);

        order(1, 3, new MediaCommand.AbandonCall(List.of(new LegId(2))));

        assertEquals(ended.sipCallId(), wire.next("BYE").sipCallId());
        awaitCalls(0);
        assertEquals(0, wire.sent.size());
        assertEquals(0, reports.size());
    }

    private LegEnd endOf(MediaReport report) {
        if (report != null && report.event() instanceof MediaEvent.LegEnded(_, var end)) {
            return end;
        }
        throw new AssertionError("no end: " + report);
    }

    /// A leg that rings, and is reported to.
    private SipRequest ringing() throws InterruptedException {
        order(1, 1, TestWorker.dial(1, Duration.ofSeconds(30)));
        SipRequest invite = wire.next("INVITE");
        say(invite, 180);
        reports.poll(10, TimeUnit.SECONDS);
        return invite;
    }

    /// A leg that answered, and is reported to have.
    private SipRequest talking() throws InterruptedException {
        order(1, 1, TestWorker.dial(1, Duration.ofSeconds(30)));
        SipRequest invite = wire.next("INVITE");
        answer(invite);
        reports.poll(10, TimeUnit.SECONDS);
        return invite;
    }

    private void awaitCalls(int count) {
        io.strowger.testsupport.Eventually.holds(
                count + " calls", Duration.ofSeconds(10), () -> host.callCount() == count);
    }

    private void order(int call, long sequence, MediaCommand command) {
        host.order(
                new MediaOrder(
                        TestWorker.call(call),
                        new Placement(new WorkerId(0), 1, 1),
                        sequence,
                        command));
    }

    private void answer(SipRequest invite) {
        say(invite, 200);
    }

    private void say(SipRequest invite, int status) {
        host.signal(
                invite.sipCallId(),
                new SipSignal.ResponseArrived(
                        new IncomingResponse(
                                invite.sipCallId(),
                                "INVITE",
                                invite.cseq(),
                                status,
                                "reason",
                                invite.from(),
                                invite.to() + ";tag=far",
                                "far",
                                "sip:far@127.0.0.1:5999",
                                List.of(),
                                List.of(),
                                null,
                                SDP,
                                "127.0.0.1:5999")));
    }

    private void ask(SipRequest invite, String method, long cseq) {
        host.signal(
                invite.sipCallId(),
                new SipSignal.RequestArrived(
                        new IncomingRequest(
                                1,
                                invite.sipCallId(),
                                method,
                                cseq,
                                "far",
                                invite.from().substring(invite.from().indexOf("tag=") + 4),
                                null,
                                Set.of(),
                                Set.of(),
                                null,
                                null,
                                "127.0.0.1:5999")));
    }

    private CallHost host(int maxCalls, int maxNewCallsPerSecond) {
        return new CallHost(
                new CallSettings(
                        new LocalParty("127.0.0.1", 5060),
                        List.of(TestWorker.trunk("main", 5999)),
                        TestWorker.QUICK,
                        maxCalls,
                        maxNewCallsPerSecond),
                new CallHost.Outside(
                        wire,
                        engine,
                        reports::add,
                        InstantSource.system(),
                        System::nanoTime,
                        new SecureRandom()));
    }

    /// Keeps what it is given.
    private static final class Wire implements SipWire {
        final BlockingQueue<SipRequest> sent = new LinkedBlockingQueue<>();
        final BlockingQueue<SipReply> replies = new LinkedBlockingQueue<>();
        final BlockingQueue<SipRequest> acks = new LinkedBlockingQueue<>();
        final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
        volatile boolean broken;

        SipRequest next(String method) throws InterruptedException {
            SipRequest request = sent.poll(10, TimeUnit.SECONDS);
            if (request == null || !request.method().equals(method)) {
                throw new AssertionError("no " + method + " but " + request);
            }
            return request;
        }

        @Override
        public void send(SipRequest request) {
            if (broken) {
                throw new IllegalStateException("broken wire");
            }
            sent.add(request);
        }

        @Override
        public void sendAck(SipRequest ack) {
            if (broken) {
                throw new IllegalStateException("broken wire");
            }
            acks.add(ack);
        }

        @Override
        public void cancel(String sipCallId) {
            cancelled.add(sipCallId);
        }

        @Override
        public void reply(SipReply reply) {
            replies.add(reply);
        }

        @Override
        public void replyAgain(long exchange) {
            throw new AssertionError("nothing is repeated here");
        }
    }

    /// A quiet engine that can be told to throw.
    private static final class BreakableEngine extends QuietEngine {
        volatile String failsOn = "";

        private void mayFail(String what) {
            if (failsOn.equals(what)) {
                throw new IllegalStateException("the engine broke at " + what);
            }
        }

        @Override
        public OptionalInt openLeg(ServerCallId call, LegId leg, ToneReports reports) {
            mayFail("open");
            return super.openLeg(call, leg, reports);
        }

        @Override
        public void connectLeg(ServerCallId call, LegId leg, NegotiatedAudio audio) {
            mayFail("connect");
            super.connectLeg(call, leg, audio);
        }
    }
}
