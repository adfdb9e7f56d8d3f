package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaReport;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneSettings;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.leg.LegTimings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Phones that call the worker over a trunk, on real sockets.
class IncomingCallsIT {
    private static final LegId CALLER = new LegId(1);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final LegTimings IMPATIENT =
            new LegTimings(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(300));
    private static final SipUser BOB =
            new SipUser(new Identifier.CommunicationUser("8:acs:r_bob"), "bob", "secret");
    private Phone phone;

    @BeforeEach
    void start() throws IOException {
        phone = Phone.start(settings("+15550100002"));
    }

    @AfterEach
    void stop() {
        phone.close();
    }

    @Test
    void ringsAndAnswersAsTold() throws Exception {
        try (TestWorker worker = worker(10, 0, TestWorker.QUICK)) {
            PhoneCall call = call(worker, "+15550100001");

            MediaReport first = worker.next();
            MediaEvent.LegOffered offered = (MediaEvent.LegOffered) first.event();
            worker.order(first.call(), new MediaCommand.RingLeg(CALLER));
            assertTrue(call.awaitState(PhoneCall.State.RINGING, SOON));
            worker.order(first.call(), new MediaCommand.AnswerLeg(CALLER, true));
            MediaEvent.LegAnswered answered = worker.next(MediaEvent.LegAnswered.class);
            assertTrue(call.awaitState(PhoneCall.State.ANSWERED, SOON));
            worker.order(first.call(), new MediaCommand.HangUpLeg(CALLER));
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);

            assertTrue(new CallIds(new byte[32]).isGenuine(first.call()));
            assertEquals(TestWorker.PLACEMENT, first.placement());
            assertEquals(new Identifier.PhoneNumber("+15550100002"), offered.from());
            assertEquals(new Identifier.PhoneNumber("+15550100001"), offered.to());
            assertEquals("main", offered.trunk());
            assertEquals(call.sipCallId(), answered.dialog().sipCallId());
            assertEquals(1, worker.engine.connected.size());
            assertEquals(LegEnd.Cause.LOCAL_HANG_UP, ended.end().cause());
            assertTrue(call.awaitState(PhoneCall.State.ENDED, SOON));
            assertEquals(200, call.endStatus());
            worker.awaitIdle();
        }
    }

    @Test
    void noticesThatTheCallerHungUp() throws Exception {
        try (TestWorker worker = worker(10, 0, TestWorker.QUICK)) {
            PhoneCall call = call(worker, "+15550100001");
            ServerCallId id = answer(worker);

            call.hangUp();

            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);
            assertEquals(LegEnd.Cause.REMOTE_HANG_UP, ended.end().cause());
            worker.order(id, new MediaCommand.ReleaseCall());
        }
    }

    @Test
    void rejectsAsTold() throws Exception {
        try (TestWorker worker = worker(10, 0, TestWorker.QUICK)) {
            PhoneCall call = call(worker, "+15550100001");

            MediaReport first = worker.next();
            worker.order(first.call(), new MediaCommand.RejectLeg(CALLER, 486, "Busy Here"));
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);

            assertEquals(new LegEnd(LegEnd.Cause.LOCAL_HANG_UP, 486, "Busy Here"), ended.end());
            assertTrue(call.awaitState(PhoneCall.State.ENDED, SOON));
            assertEquals(486, call.endStatus());
        }
    }

    @Test
    void endsWhenTheCallerGivesUp() throws Exception {
        try (TestWorker worker = worker(10, 0, TestWorker.QUICK)) {
            PhoneCall call = call(worker, "+15550100001");
            MediaReport first = worker.next();
            worker.order(first.call(), new MediaCommand.RingLeg(CALLER));
            assertTrue(call.awaitState(PhoneCall.State.RINGING, SOON));

            call.hangUp();

            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);
            assertEquals(LegEnd.Cause.REMOTE_HANG_UP, ended.end().cause());
            assertEquals(487, ended.end().sipStatus());
            assertTrue(call.awaitState(PhoneCall.State.ENDED, SOON));
            assertEquals(487, call.endStatus());
        }
    }

    @Test
    void refusesWhenNobodyDecides() throws Exception {
        try (TestWorker worker = worker(10, 0, IMPATIENT)) {
            PhoneCall call = call(worker, "+15550100001");

            worker.next(MediaEvent.LegOffered.class);
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);

            assertEquals(503, ended.end().sipStatus());
            assertTrue(call.awaitState(PhoneCall.State.ENDED, SOON));
            assertEquals(503, call.endStatus());
        }
    }

    @Test
    void refusesMoreCallsThanItCarries() throws Exception {
        try (TestWorker worker = worker(1, 0, TestWorker.QUICK)) {
            call(worker, "+15550100001");
            worker.next(MediaEvent.LegOffered.class);

            assertRefused(worker, "+15550100001", 503);
        }
    }

    @Test
    void refusesMoreCallsThanTheTrunkMayBring() throws Exception {
        try (TestWorker worker = worker(10, 1, TestWorker.QUICK)) {
            call(worker, "+15550100001");
            MediaReport first = worker.next();

            assertRefused(worker, "+15550100001", 503);

            worker.order(first.call(), new MediaCommand.RejectLeg(CALLER, 603, "Decline"));
            worker.next(MediaEvent.LegEnded.class);
            call(worker, "+15550100001");
            worker.next(MediaEvent.LegOffered.class);
        }
    }

    @Test
    void refusesNamesThatAreNobodys() throws Exception {
        try (TestWorker worker = worker(10, 0, TestWorker.QUICK)) {
            assertRefused(worker, "carol", 404);
        }
    }

    @Test
    void callsUsersByTheirName() throws Exception {
        try (TestWorker worker = worker(10, 0, TestWorker.QUICK)) {
            call(worker, "bob");

            MediaEvent.LegOffered offered = worker.next(MediaEvent.LegOffered.class);

            assertEquals(new Identifier.CommunicationUser("8:acs:r_bob"), offered.to());
        }
    }

    @Test
    void takesCallsOfUsersWhoProveTheirPassword() throws Exception {
        try (TestWorker worker = worker(10, 0, TestWorker.QUICK);
                Phone bob = user("bob", "secret")) {
            PhoneCall call = bob.call("sip:+15550100001@127.0.0.1:" + worker.endpoint.port());

            MediaReport first = worker.next();
            worker.order(first.call(), new MediaCommand.AnswerLeg(CALLER, false));
            worker.next(MediaEvent.LegAnswered.class);
            MediaEvent.LegOffered offered = (MediaEvent.LegOffered) first.event();

            assertEquals(BOB.id(), offered.from());
            assertNull(offered.trunk());
            assertTrue(call.awaitState(PhoneCall.State.ANSWERED, SOON));
        }
    }

    @Test
    void refusesUsersWhoDoNot() throws Exception {
        try (TestWorker worker = worker(10, 0, TestWorker.QUICK);
                Phone mallory = user("bob", "guess")) {
            PhoneCall call = mallory.call("sip:+15550100001@127.0.0.1:" + worker.endpoint.port());

            assertTrue(call.awaitState(PhoneCall.State.ENDED, SOON));
            assertEquals(403, call.endStatus());
            assertEquals(0, worker.reportsWaiting());
        }
    }

    @Test
    void movesALegToAnotherCall() throws Exception {
        try (TestWorker worker = worker(10, 0, TestWorker.QUICK)) {
            PhoneCall call = call(worker, "+15550100001");
            ServerCallId from = answer(worker);

            worker.order(from, new MediaCommand.ReleaseLeg(CALLER));
            MediaEvent.LegReleased released = worker.next(MediaEvent.LegReleased.class);
            worker.order(
                    TestWorker.call(2),
                    new MediaCommand.AdoptLeg(
                            new LegId(5),
                            new Identifier.PhoneNumber("+15550100002"),
                            released.dialog(),
                            false));
            MediaEvent.LegAnswered adopted = worker.next(MediaEvent.LegAnswered.class);
            assertEquals(PhoneCall.State.ANSWERED, call.state());
            call.hangUp();
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);

            assertEquals(new LegId(5), adopted.leg());
            assertTrue(adopted.dialog().localCSeq() > released.dialog().localCSeq());
            assertFalse(
                    worker.engine.open.keySet().stream()
                            .anyMatch(open -> open.call().equals(from)));
            assertEquals(new LegId(5), ended.leg());
            assertEquals(LegEnd.Cause.REMOTE_HANG_UP, ended.end().cause());
        }
    }

    @Test
    void hangsUpALegThatItTookOver() throws Exception {
        try (TestWorker worker = worker(10, 0, TestWorker.QUICK);
                TestWorker other = worker(10, 0, TestWorker.QUICK)) {
            PhoneCall call = call(worker, "+15550100001");
            ServerCallId from = answer(worker);
            worker.order(from, new MediaCommand.ReleaseLeg(CALLER));
            MediaEvent.LegReleased released = worker.next(MediaEvent.LegReleased.class);

            other.order(
                    from,
                    new MediaCommand.AdoptLeg(
                            CALLER,
                            new Identifier.PhoneNumber("+15550100002"),
                            released.dialog(),
                            false));
            other.next(MediaEvent.LegAnswered.class);
            other.order(from, new MediaCommand.HangUpLeg(CALLER));
            other.next(MediaEvent.LegEnded.class);

            assertTrue(call.awaitState(PhoneCall.State.ENDED, SOON));
            worker.awaitIdle();
            other.awaitIdle();
        }
    }

    @Test
    void answersCallersItHadNoTimeFor() throws Exception {
        try (TestWorker worker = worker(10, 0, TestWorker.QUICK)) {
            PhoneCall call = call(worker, "+15550100001");
            worker.next(MediaEvent.LegOffered.class);

            worker.host.silence();

            assertTrue(call.awaitState(PhoneCall.State.ENDED, SOON));
            assertEquals(503, call.endStatus());
            worker.awaitIdle();
        }
    }

    /// Answers the call that is offered next.
    private static ServerCallId answer(TestWorker worker) throws InterruptedException {
        MediaReport first = worker.next();
        worker.order(first.call(), new MediaCommand.AnswerLeg(CALLER, false));
        worker.next(MediaEvent.LegAnswered.class);
        return first.call();
    }

    private void assertRefused(TestWorker worker, String user, int status)
            throws InterruptedException {
        PhoneCall call = call(worker, user);

        assertTrue(call.awaitState(PhoneCall.State.ENDED, SOON));
        assertEquals(status, call.endStatus());
        assertEquals(0, worker.reportsWaiting());
    }

    private PhoneCall call(TestWorker worker, String user) {
        return phone.call("sip:" + user + "@127.0.0.1:" + worker.endpoint.port());
    }

    private static PhoneSettings settings(String user) {
        return PhoneSettings.listening("127.0.0.1", 0).withUser(user);
    }

    /// Registers where nobody is.
    private static Phone user(String name, String password) throws IOException {
        return Phone.start(
                settings(name)
                        .withAccount(
                                new PhoneSettings.Account(
                                        "127.0.0.1:9", name, password, Duration.ofMinutes(1))));
    }

    private static TestWorker worker(int maxCalls, int maxChannels, LegTimings timings)
            throws IOException {
        return new TestWorker(
                        List.of(TestWorker.trunk("main", 5060, maxChannels)),
                        maxCalls,
                        100,
                        timings,
                        List.of(BOB))
                .receiving();
    }
}
