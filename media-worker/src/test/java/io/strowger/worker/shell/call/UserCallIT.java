package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.sip.Registration;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneSettings;
import io.strowger.testsupport.Eventually;
import io.strowger.worker.core.auth.SipUser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Users who are rung at the phones they registered.
class UserCallIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SipUser ALICE = TestWorker.user("alice");
    private final List<Phone> phones = new ArrayList<>();
    private TestWorker worker;

    @BeforeEach
    void start() throws IOException {
        worker = new TestWorker(List.of(), 10, 100, TestWorker.QUICK, List.of(ALICE));
    }

    @AfterEach
    void stop() {
        worker.close();
        phones.forEach(Phone::close);
    }

    /// A phone of Alice's, registered.
    private Phone phone(UnaryOperator<PhoneSettings> change) throws IOException {
        int before = worker.registrations.size();
        PhoneSettings.Account account =
                new PhoneSettings.Account(
                        "127.0.0.1:" + worker.endpoint.port(),
                        ALICE.username(),
                        ALICE.password(),
                        Duration.ofMinutes(5));
        Phone phone =
                Phone.start(
                        change.apply(PhoneSettings.listening("127.0.0.1", 0).withAccount(account)));
        phones.add(phone);
        Eventually.holds("registered", LONG, () -> worker.registrations.size() == before + 1);
        return phone;
    }

    private void dial() {
        worker.order(TestWorker.call(1), TestWorker.dial(1, ALICE.id(), LONG));
    }

    private LegEnd end() throws InterruptedException {
        while (true) {
            if (worker.next().event() instanceof MediaEvent.LegEnded(_, var end)) {
                return end;
            }
        }
    }

    private static PhoneCall only(Phone phone) throws InterruptedException {
        return phone.awaitCall(_ -> true, LONG);
    }

    @Test
    void ringsThePhoneAndHangsUp() throws Exception {
        Phone phone = phone(settings -> settings);

        dial();
        worker.next(MediaEvent.LegProgressed.class);
        MediaEvent.LegAnswered answered = worker.next(MediaEvent.LegAnswered.class);
        worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(new LegId(1)));
        LegEnd end = end();
        phone.awaitEnded(1);

        assertEquals(LegEnd.Cause.LOCAL_HANG_UP, end.cause());
        assertEquals(1, worker.engine.connected.size());
        assertEquals(0, worker.engine.open.size());
        assertEquals(only(phone).sipCallId(), answered.dialog().sipCallId());
        assertEquals(200, only(phone).endStatus());
        assertTrue(only(phone).inviteHeader("X-Server-Call-Id").isPresent());
        assertTrue(only(phone).inviteHeader("To").orElse("").contains("sip:alice@"));
    }

    @Test
    void aUserWithoutAPhoneIsNowhere() throws Exception {
        dial();

        LegEnd end = end();

        assertEquals(LegEnd.Cause.NO_ROUTE, end.cause());
        assertEquals(0, worker.engine.open.size());
    }

    @Test
    void theFirstPhoneToAnswerHasTheCallAndTheOthersStopRinging() throws Exception {
        Phone desk = phone(settings -> settings.withAnswerAfter(null));
        Phone mobile = phone(settings -> settings.withAnswerAfter(Duration.ofMillis(300)));
        Phone kitchen = phone(settings -> settings.withReject(486));

        dial();
        worker.next(MediaEvent.LegProgressed.class);
        MediaEvent.LegAnswered answered = worker.next(MediaEvent.LegAnswered.class);
        desk.awaitEnded(1);
        kitchen.awaitEnded(1);
        only(mobile).hangUp();
        LegEnd end = end();

        assertEquals(only(mobile).sipCallId(), answered.dialog().sipCallId());
        assertEquals(487, only(desk).endStatus());
        assertEquals(486, only(kitchen).endStatus());
        assertNotEquals(only(mobile).sipCallId(), only(desk).sipCallId());
        assertEquals(LegEnd.Cause.REMOTE_HANG_UP, end.cause());
        Eventually.holds("no call left", LONG, () -> worker.host.callCount() == 0);
    }

    @Test
    void aDeclineStopsAllPhones() throws Exception {
        Phone desk = phone(settings -> settings.withAnswerAfter(null));
        Phone mobile = phone(settings -> settings.withReject(603));

        dial();
        LegEnd end = end();
        desk.awaitEnded(1);

        assertEquals(new LegEnd(LegEnd.Cause.REFUSED, 603, "Decline"), end);
        assertEquals(487, only(desk).endStatus());
        assertEquals(603, only(mobile).endStatus());
    }

    @Test
    void whenAllRefuseItIsSaidOnceWhy() throws Exception {
        phone(settings -> settings.withReject(503));
        phone(settings -> settings.withReject(486));

        dial();
        LegEnd end = end();

        assertEquals(new LegEnd(LegEnd.Cause.REFUSED, 486, "Busy Here"), end);
        assertEquals(0, worker.reportsWaiting());
    }

    @Test
    void aHangUpStopsTheRingingEverywhere() throws Exception {
        Phone desk = phone(settings -> settings.withAnswerAfter(null));
        Phone mobile = phone(settings -> settings.withAnswerAfter(null));

        dial();
        worker.next(MediaEvent.LegProgressed.class);
        only(desk);
        only(mobile);
        worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(new LegId(1)));
        LegEnd end = end();
        desk.awaitEnded(1);
        mobile.awaitEnded(1);

        assertEquals(LegEnd.Cause.LOCAL_HANG_UP, end.cause());
        assertEquals(487, only(desk).endStatus());
        assertEquals(487, only(mobile).endStatus());
    }

    @Test
    void allRingTooLong() throws Exception {
        Phone desk = phone(settings -> settings.withAnswerAfter(null));

        worker.order(TestWorker.call(1), TestWorker.dial(1, ALICE.id(), Duration.ofMillis(500)));
        LegEnd end = end();
        desk.awaitEnded(1);

        assertEquals(LegEnd.Cause.NO_ANSWER, end.cause());
        assertEquals(487, only(desk).endStatus());
    }

    @Test
    void aPhoneBehindANatGetsTheWholeCallWhereItsRegisterCameFrom() throws Exception {
        String inside = "<sip:alice@192.0.2.55:5062;line=7>";
        try (RawPhone phone = RawPhone.udp("127.0.0.2", worker.endpoint.port())) {
            phone.register(ALICE, inside, 300);

            dial();
            String invite = phone.await("INVITE");
            phone.respond(invite, "200 OK", inside);
            String ack = phone.await("ACK");
            worker.next(MediaEvent.LegAnswered.class);
            worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(new LegId(1)));
            String bye = phone.await("BYE");
            phone.respond(bye, "200 OK", null);

            for (String request : List.of(invite, ack, bye)) {
                String line = request.lines().findFirst().orElse("");
                assertTrue(line.contains(" sip:alice@192.0.2.55:5062;line=7 "), line);
                assertEquals(List.of(), RawPhone.headers(request, "Route"));
            }
        }
    }

    @Test
    void aPhoneOnTcpIsRungOverItsOwnConnection() throws Exception {
        String inside = "<sip:alice@192.0.2.55;transport=tcp>";
        try (RawPhone phone = RawPhone.tcp(worker.endpoint.port())) {
            phone.register(ALICE, inside, 300);

            dial();
            phone.respond(phone.await("INVITE"), "200 OK", inside);
            phone.await("ACK");
            worker.next(MediaEvent.LegAnswered.class);
            worker.order(TestWorker.call(1), new MediaCommand.HangUpLeg(new LegId(1)));
            phone.respond(phone.await("BYE"), "200 OK", null);

            assertEquals(LegEnd.Cause.LOCAL_HANG_UP, end().cause());
        }
    }

    @Test
    void anAnswerThatComesTooLateIsAcknowledgedAndEnded() throws Exception {
        try (RawPhone late = RawPhone.udp("127.0.0.2", worker.endpoint.port())) {
            late.register(ALICE, "<sip:late@192.0.2.55>", 300);
            Phone mobile = phone(settings -> settings.withAnswerAfter(Duration.ofMillis(300)));

            dial();
            String invite = late.await("INVITE");
            late.respond(invite, "180 Ringing", null);
            String cancel = late.await("CANCEL");
            late.respond(invite, "200 OK", "<sip:late@192.0.2.55>");
            late.respond(cancel, "200 OK", null);
            late.await("ACK");
            String bye = late.await("BYE");
            late.respond(bye, "200 OK", null);

            assertEquals(RawPhone.headers(invite, "Call-ID"), RawPhone.headers(bye, "Call-ID"));
            assertEquals(PhoneCall.State.ANSWERED, only(mobile).state());
            assertEquals(1, worker.engine.connected.size());
        }
    }

    @Test
    void aConnectionThatIsGoneHoldsUpNoOtherPhone() throws Exception {
        Instant now = Instant.now();
        worker.registrations.apply(
                "dead",
                new Registration(
                        ALICE.id(),
                        "sip:alice@127.0.0.1:1;transport=tcp",
                        "127.0.0.1:1",
                        "tcp",
                        "elsewhere",
                        "c",
                        1,
                        1000,
                        now,
                        now.plusSeconds(300)));
        Phone phone = phone(settings -> settings.withAnswerAfter(Duration.ofMillis(300)));

        dial();
        worker.next(MediaEvent.LegProgressed.class);
        worker.next(MediaEvent.LegAnswered.class);
        only(phone).hangUp();

        assertEquals(LegEnd.Cause.REMOTE_HANG_UP, end().cause());
    }

    @Test
    void aPhoneThatIsGoneIsGivenUpSoon() throws Exception {
        try (RawPhone silent = RawPhone.udp("127.0.0.2", worker.endpoint.port())) {
            silent.register(ALICE, "<sip:alice@192.0.2.55>", 300);

            dial();
            LegEnd end = end();

            assertEquals(LegEnd.Cause.UNREACHABLE, end.cause());
        }
    }
}
