package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.media.g711.G711;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls to SIPp: a far end whose SIP nobody here wrote.
@Tag("interop")
class SippInteropIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    @TempDir Path folder;

    @Test
    void callsAPhoneThatAnswersAndHangsUp() throws Exception {
        try (Sipp phone = new Sipp(folder, "answers");
                TestWorker worker = worker(phone)) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));

            MediaEvent.LegProgressed ringing = worker.next(MediaEvent.LegProgressed.class);
            MediaEvent.LegAnswered answered = worker.next(MediaEvent.LegAnswered.class);
            worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(new LegId(1)));
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);

            assertEquals(180, ringing.sipStatus());
            assertEquals(
                    "sip:phone@127.0.0.1:" + phone.port + ";transport=UDP",
                    answered.dialog().remoteTarget());
            assertEquals(G711.PCMA, worker.engine.connected.getFirst().audio().codec());
            assertEquals(LegEnd.Cause.LOCAL_HANG_UP, ended.end().cause());
            phone.assertFollowed();
        }
    }

    @Test
    void reportsABusyPhone() throws Exception {
        try (Sipp phone = new Sipp(folder, "busy");
                TestWorker worker = worker(phone)) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));

            worker.next(MediaEvent.LegProgressed.class);
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);

            assertEquals(new LegEnd(LegEnd.Cause.REFUSED, 486, "Busy Here"), ended.end());
            phone.assertFollowed();
        }
    }

    @Test
    void cancelsAPhoneThatRingsTooLong() throws Exception {
        try (Sipp phone = new Sipp(folder, "rings-until-cancelled");
                TestWorker worker = worker(phone)) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, Duration.ofMillis(500)));

            worker.next(MediaEvent.LegProgressed.class);
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);

            assertEquals(LegEnd.Cause.NO_ANSWER, ended.end().cause());
            assertEquals(487, ended.end().sipStatus());
            phone.assertFollowed();
        }
    }

    @Test
    void noticesThatThePhoneHungUp() throws Exception {
        try (Sipp phone = new Sipp(folder, "hangs-up");
                TestWorker worker = worker(phone)) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));

            worker.next(MediaEvent.LegProgressed.class);
            worker.next(MediaEvent.LegAnswered.class);
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);

            assertEquals(LegEnd.Cause.REMOTE_HANG_UP, ended.end().cause());
            phone.assertFollowed();
        }
    }

    @Test
    void isPutOnHoldAndTakenBack() throws Exception {
        try (Sipp phone = new Sipp(folder, "holds");
                TestWorker worker = worker(phone)) {
            worker.order(TestWorker.call(1), TestWorker.dial(1, LONG));

            worker.next(MediaEvent.LegProgressed.class);
            worker.next(MediaEvent.LegAnswered.class);
            MediaEvent.LegUpdated held = worker.next(MediaEvent.LegUpdated.class);
            MediaEvent.LegUpdated back = worker.next(MediaEvent.LegUpdated.class);
            worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(new LegId(1)));
            worker.next(MediaEvent.LegEnded.class);

            assertTrue(held.onHoldByPeer());
            assertFalse(back.onHoldByPeer());
            assertFalse(worker.engine.connected.get(1).audio().direction().sends());
            phone.assertFollowed();
        }
    }

    private static TestWorker worker(Sipp phone) throws java.io.IOException {
        return new TestWorker(List.of(TestWorker.trunk("main", phone.port)));
    }
}
