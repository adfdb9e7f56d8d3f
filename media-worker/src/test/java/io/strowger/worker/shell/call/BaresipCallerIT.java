package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaReport;
import io.strowger.testsupport.Baresip;
import io.strowger.worker.core.auth.SipUser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A user's baresip calls: registered, with its password, as people do.
@Tag("interop")
class BaresipCallerIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final LegId CALLER = new LegId(1);
    private static final SipUser ALICE = TestWorker.user("alice");
    @TempDir Path folder;
    private TestWorker worker;

    @BeforeEach
    void start() throws IOException {
        worker = new TestWorker(List.of(), 10, 100, TestWorker.QUICK, List.of(ALICE)).receiving();
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void callsHoldsAndIsHungUp(String transport) throws Exception {
        try (Baresip phone = phone(transport)) {
            MediaReport offer = call(phone, transport);
            MediaEvent.LegOffered offered = (MediaEvent.LegOffered) offer.event();
            answer(phone, offer.call());
            phone.command("hold", "");
            MediaEvent.LegUpdated held = worker.next(MediaEvent.LegUpdated.class);
            phone.command("resume", "");
            MediaEvent.LegUpdated back = worker.next(MediaEvent.LegUpdated.class);
            worker.order(offer.call(), new MediaCommand.HangUpLeg(CALLER));
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);
            phone.awaitEvent("CALL_CLOSED", LONG);

            assertEquals(ALICE.id(), offered.from());
            assertEquals("4:+15550100001", offered.to().rawId());
            assertNull(offered.trunk());
            assertTrue(held.onHoldByPeer());
            assertTrue(!back.onHoldByPeer());
            assertEquals(LegEnd.Cause.LOCAL_HANG_UP, ended.end().cause());
        }
    }

    @Test
    void transfersItsCall() throws Exception {
        try (Baresip phone = phone("udp")) {
            MediaReport offer = call(phone, "udp");
            answer(phone, offer.call());
            phone.command("transfer", "sip:+15550100003@127.0.0.1:" + worker.endpoint.port());
            MediaEvent.TransferAsked asked = worker.next(MediaEvent.TransferAsked.class);
            worker.order(offer.call(), new MediaCommand.NotifyReferrer(CALLER, 200, "OK"));
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);

            assertEquals("4:+15550100003", asked.target().rawId());
            assertEquals(LegEnd.Cause.REMOTE_HANG_UP, ended.end().cause());
        }
    }

    @Test
    void movesToAnotherCallWithoutNoticing() throws Exception {
        try (Baresip phone = phone("udp")) {
            MediaReport offer = call(phone, "udp");
            answer(phone, offer.call());
            worker.order(offer.call(), new MediaCommand.ReleaseLeg(CALLER));
            MediaEvent.LegReleased released = worker.next(MediaEvent.LegReleased.class);
            worker.order(
                    TestWorker.call(2),
                    new MediaCommand.AdoptLeg(CALLER, ALICE.id(), released.dialog(), false));
            worker.next(MediaEvent.LegAnswered.class);
            phone.command("hangup", "");
            MediaEvent.LegEnded ended = worker.next(MediaEvent.LegEnded.class);

            assertEquals(LegEnd.Cause.REMOTE_HANG_UP, ended.end().cause());
        }
    }

    private MediaReport call(Baresip phone, String transport) throws Exception {
        phone.awaitEvent("REGISTER_OK", LONG);
        phone.command(
                "dial",
                "sip:+15550100001@127.0.0.1:" + worker.endpoint.port() + ";transport=" + transport);
        return worker.next();
    }

    private void answer(Baresip phone, ServerCallId call) throws Exception {
        worker.order(call, new MediaCommand.RingLeg(CALLER));
        worker.order(call, new MediaCommand.AnswerLeg(CALLER, false));
        worker.next(MediaEvent.LegAnswered.class);
        phone.awaitEvent("CALL_ESTABLISHED", LONG);
    }

    private Baresip phone(String transport) throws Exception {
        Baresip.Account account =
                new Baresip.Account(
                        ALICE.username(),
                        ALICE.password(),
                        "127.0.0.1:" + worker.endpoint.port(),
                        transport,
                        60);
        return Baresip.registered(
                folder.resolve("phone"), account, Baresip.Answering.AUTO, new short[0]);
    }
}
