package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.sip.Registration;
import io.strowger.testsupport.Baresip;
import io.strowger.testsupport.Baresip.Answering;
import io.strowger.testsupport.Eventually;
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

/// A phone that nobody here wrote: registers, and is rung.
@Tag("interop")
class BaresipUserIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SipUser ALICE = TestWorker.user("alice");
    @TempDir Path folder;
    private TestWorker worker;

    @BeforeEach
    void start() throws IOException {
        worker = new TestWorker(List.of(), 10, 100, TestWorker.QUICK, List.of(ALICE));
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    private Baresip phone(String name, String transport, Answering answering) throws Exception {
        Baresip.Account account =
                new Baresip.Account(
                        ALICE.username(),
                        ALICE.password(),
                        "127.0.0.1:" + worker.endpoint.port(),
                        transport,
                        60);
        return Baresip.registered(folder.resolve(name), account, answering, new short[0]);
    }

    private LegEnd end() throws InterruptedException {
        while (true) {
            if (worker.next().event() instanceof MediaEvent.LegEnded(_, var end)) {
                return end;
            }
        }
    }

    private MediaEvent.LegAnswered answer() throws InterruptedException {
        while (true) {
            if (worker.next().event() instanceof MediaEvent.LegAnswered answered) {
                return answered;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void registersAndIsRungAndHangsUp(String transport) throws Exception {
        try (Baresip phone = phone("phone", transport, Answering.AUTO)) {
            phone.awaitEvent("REGISTER_OK", LONG);
            Registration contact = worker.registrations.of(ALICE.id()).getFirst();

            worker.order(TestWorker.call(1), TestWorker.dial(1, ALICE.id(), LONG));
            MediaEvent.LegAnswered answered = answer();
            phone.awaitEvent("CALL_ESTABLISHED", LONG);
            phone.command("hangup", "");
            LegEnd end = end();

            assertEquals(transport, contact.transport());
            assertEquals(transport, answered.dialog().transport());
            assertEquals(LegEnd.Cause.REMOTE_HANG_UP, end.cause());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void isHungUpByUs(String transport) throws Exception {
        try (Baresip phone = phone("phone", transport, Answering.AUTO)) {
            phone.awaitEvent("REGISTER_OK", LONG);

            worker.order(TestWorker.call(1), TestWorker.dial(1, ALICE.id(), LONG));
            answer();
            phone.awaitEvent("CALL_ESTABLISHED", LONG);
            worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(new LegId(1)));
            phone.awaitEvent("CALL_CLOSED", LONG);

            assertEquals(LegEnd.Cause.LOCAL_HANG_UP, end().cause());
        }
    }

    @Test
    void theOneThatAnswersHasTheCallAndTheOtherStopsRinging() throws Exception {
        try (Baresip rings = phone("rings", "udp", Answering.MANUAL);
                Baresip answers = phone("answers", "udp", Answering.MANUAL)) {
            rings.awaitEvent("REGISTER_OK", LONG);
            answers.awaitEvent("REGISTER_OK", LONG);

            worker.order(TestWorker.call(1), TestWorker.dial(1, ALICE.id(), LONG));
            rings.awaitEvent("CALL_INCOMING", LONG);
            answers.awaitEvent("CALL_INCOMING", LONG);
            answers.command("accept", "");
            answer();
            rings.awaitEvent("CALL_CLOSED", LONG);
            worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(new LegId(1)));
            answers.awaitEvent("CALL_CLOSED", LONG);

            assertEquals(List.of(), rings.parameters("CALL_ESTABLISHED"));
            assertEquals(LegEnd.Cause.LOCAL_HANG_UP, end().cause());
        }
    }

    @Test
    void leavesWhenItIsSwitchedOff() throws Exception {
        try (Baresip phone = phone("phone", "udp", Answering.AUTO)) {
            phone.awaitEvent("REGISTER_OK", LONG);
            assertTrue(worker.registrations.isSource(phone.address()));
        }

        Eventually.holds("gone", LONG, () -> worker.registrations.of(ALICE.id()).isEmpty());
    }
}
