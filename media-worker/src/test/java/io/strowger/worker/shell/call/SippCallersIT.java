package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaReport;
import io.strowger.media.g711.G711;
import io.strowger.worker.core.leg.LegTimings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SIPp calls the worker: callers whose SIP nobody here wrote.
@Tag("interop")
class SippCallersIT {
    private static final LegId CALLER = new LegId(1);
    private static final LegTimings TIMINGS =
            new LegTimings(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2));
    @TempDir Path folder;
    private TestWorker worker;

    @BeforeEach
    void start() throws Exception {
        worker =
                new TestWorker(List.of(TestWorker.trunk("main", 5060)), 10, 100, TIMINGS)
                        .receiving();
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void answersACallerWhoHangsUp() throws Exception {
        try (Sipp phone = Sipp.calling(folder, "calls-and-hangs-up", worker)) {
            MediaReport first = worker.next();
            worker.order(first.call(), new MediaCommand.RingLeg(CALLER));
            worker.order(first.call(), new MediaCommand.AnswerLeg(CALLER, true));
            MediaEvent.LegAnswered answered = worker.next(MediaEvent.LegAnswered.class);
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);

            MediaEvent.LegOffered offered = (MediaEvent.LegOffered) first.event();
            assertEquals("4:+15550100002", offered.from().rawId());
            assertEquals("4:+15550100001", offered.to().rawId());
            assertEquals("Ada", offered.callerDisplayName());
            assertEquals(
                    Map.of("X-Ticket", "7", "User-To-User", "00C8;encoding=hex"),
                    offered.sipHeaders());
            assertEquals(
                    "sip:phone@127.0.0.1:" + phone.port + ";transport=UDP",
                    answered.dialog().remoteTarget());
            assertEquals(LegEnd.Cause.REMOTE_HANG_UP, ended.end().cause());
            phone.assertFollowed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "t1"})
    void hangsUpACaller(String transport) throws Exception {
        try (Sipp phone = Sipp.calling(folder, "calls-and-is-hung-up", worker, transport)) {
            ServerCallId call = answer();
            worker.order(call, new MediaCommand.HangUpLeg(CALLER));

            assertEquals(
                    LegEnd.Cause.LOCAL_HANG_UP,
                    worker.next(MediaEvent.LegEnded.class).end().cause());
            phone.assertFollowed();
        }
    }

    @Test
    void refusesACaller() throws Exception {
        try (Sipp phone = Sipp.calling(folder, "calls-and-is-refused", worker)) {
            worker.order(
                    worker.next().call(), new MediaCommand.RejectLeg(CALLER, 486, "Busy Here"));

            assertEquals(486, worker.next(MediaEvent.LegEnded.class).end().sipStatus());
            phone.assertFollowed();
        }
    }

    @Test
    void letsACallerGiveUp() throws Exception {
        try (Sipp phone = Sipp.calling(folder, "calls-and-cancels", worker)) {
            worker.order(worker.next().call(), new MediaCommand.RingLeg(CALLER));

            assertEquals(
                    LegEnd.Cause.REMOTE_HANG_UP,
                    worker.next(MediaEvent.LegEnded.class).end().cause());
            phone.assertFollowed();
        }
    }

    @Test
    void refusesWhenNobodyDecides() throws Exception {
        try (Sipp phone = Sipp.calling(folder, "calls-in-vain", worker)) {
            worker.next(MediaEvent.LegOffered.class);

            assertEquals(503, worker.next(MediaEvent.LegEnded.class).end().sipStatus());
            phone.assertFollowed();
        }
    }

    @Test
    void makesTheOfferWhenTheCallerHasNone() throws Exception {
        try (Sipp phone = Sipp.calling(folder, "calls-without-offer", worker)) {
            ServerCallId call = answer();
            worker.order(call, new MediaCommand.HangUpLeg(CALLER));
            worker.next(MediaEvent.LegEnded.class);

            assertEquals(G711.PCMA, worker.engine.connected.getFirst().audio().codec());
            phone.assertFollowed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "t1"})
    void asksForTheCodecsItKnows(String transport) throws Exception {
        try (Sipp phone = Sipp.calling(folder, "calls-with-unknown-codec", worker, transport)) {
            phone.assertFollowed();
            assertEquals(0, worker.reportsWaiting());
        }
    }

    @Test
    void namesTheExtensionsItDoesNotKnow() throws Exception {
        try (Sipp phone = Sipp.calling(folder, "calls-with-unknown-extension", worker)) {
            phone.assertFollowed();
            assertEquals(0, worker.reportsWaiting());
        }
    }

    @Test
    void isPutOnHoldByACaller() throws Exception {
        try (Sipp phone = Sipp.calling(folder, "calls-and-holds", worker)) {
            ServerCallId call = answer();

            assertTrue(worker.next(MediaEvent.LegUpdated.class).onHoldByPeer());
            assertFalse(worker.next(MediaEvent.LegUpdated.class).onHoldByPeer());
            worker.order(call, new MediaCommand.HangUpLeg(CALLER));
            worker.next(MediaEvent.LegEnded.class);
            phone.assertFollowed();
        }
    }

    @Test
    void tellsACallerHowItsTransferGoes() throws Exception {
        try (Sipp phone = Sipp.calling(folder, "calls-and-transfers", worker)) {
            ServerCallId call = answer();
            MediaEvent.TransferAsked asked = worker.next(MediaEvent.TransferAsked.class);
            worker.order(call, new MediaCommand.NotifyReferrer(CALLER, 180, "Ringing"));
            worker.order(call, new MediaCommand.NotifyReferrer(CALLER, 200, "OK"));

            assertEquals(
                    LegEnd.Cause.REMOTE_HANG_UP,
                    worker.next(MediaEvent.LegEnded.class).end().cause());
            assertEquals("4:+15550100003", asked.target().rawId());
            phone.assertFollowed();
        }
    }

    private ServerCallId answer() throws InterruptedException {
        MediaReport first = worker.next();
        worker.order(first.call(), new MediaCommand.AnswerLeg(CALLER, false));
        worker.next(MediaEvent.LegAnswered.class);
        return first.call();
    }
}
