package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.testsupport.Mutations;
import io.strowger.worker.shell.sip.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A trunk that sends spoilt messages over a real socket, into calls and beside them: other calls
/// go on, and of its own nothing stays behind.
class SipFuzzIT {
    private static final String NUMBER = "+15550100002";
    private static final LegId CALLER = new LegId(1);
    private static final int MESSAGES = 1_500;
    private TestWorker worker;

    @BeforeEach
    void start() throws Exception {
        worker =
                new TestWorker(
                                List.of(TestWorker.trunk("main", 5060)),
                                1_000,
                                10_000,
                                TestWorker.QUICK)
                        .receiving();
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    /// A call that is up; answers its To tag.
    private String establish(HandPhone phone) throws Exception {
        phone.invite(NUMBER, 1, "a", "");
        worker.order(worker.next().call(), new MediaCommand.AnswerLeg(CALLER, false));
        String toTag = HandPhone.toTag(phone.expect("SIP/2.0 200"));
        phone.request("ACK", NUMBER, toTag, 1, "b", "", "");
        worker.next(MediaEvent.LegAnswered.class);
        return toTag;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void spoiltMessagesBesideACallAreForgotten(long seed) throws Exception {
        Mutations mutations = new Mutations(seed);
        List<byte[]> corpus = Corpus.sip();
        String invite = new String(Corpus.right("invite.sip"), StandardCharsets.ISO_8859_1);
        try (HandPhone victim = new HandPhone("127.0.0.1", worker.endpoint.port());
                HandPhone trunk = new HandPhone("127.0.0.1", worker.endpoint.port());
                HandPhone stranger = new HandPhone("127.0.0.2", worker.endpoint.port())) {
            String toTag = establish(victim);

            for (int i = 0; i < MESSAGES; i++) {
                String own = invite.replace("fuzz-", "fuzz-" + i + "-");
                byte[] message =
                        i % 3 == 0
                                ? mutations.of(own).getBytes(StandardCharsets.ISO_8859_1)
                                : mutations.of(mutations.any(corpus));
                (i % 10 == 0 ? stranger : trunk).send(message);
            }

            victim.request("INVITE", NUMBER, toTag, 2, "c", "", HandPhone.SDP);
            victim.expect("SIP/2.0 200");
            victim.request("ACK", NUMBER, toTag, 2, "d", "", "");
            victim.request("BYE", NUMBER, toTag, 3, "e", "", "");
            victim.expect("SIP/2.0 200");
            worker.awaitIdle();
        }
        assertEquals(0, worker.engine.open.size(), "ports that stay open");
        assertNoFailures();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5})
    void spoiltMessagesInsideACallEndNoMoreThanThatCall(long seed) throws Exception {
        Mutations mutations = new Mutations(seed);
        for (int i = 0; i < 8; i++) {
            try (HandPhone phone = new HandPhone("127.0.0.1", worker.endpoint.port())) {
                String toTag = establish(phone);

                for (int n = 2; n < 40; n++) {
                    String method = mutations.any(List.of("INVITE", "INVITE", "UPDATE", "INFO"));
                    phone.request(
                            method, NUMBER, toTag, n, "m" + n, "", mutations.of(HandPhone.SDP));
                    phone.request("ACK", NUMBER, toTag, n, "k" + n, "", "");
                }

                phone.request("BYE", NUMBER, toTag, 99, "bye", "", "");
                phone.expect("SIP/2.0 200");
                worker.awaitIdle();
                assertNoFailures();
            }
        }
        assertEquals(0, worker.engine.open.size(), "ports that stay open");
    }

    @Test
    void anUnreadableOfferInACallIsRefusedAndTheCallGoesOn() throws Exception {
        try (HandPhone phone = new HandPhone("127.0.0.1", worker.endpoint.port())) {
            String toTag = establish(phone);

            phone.request(
                    "INVITE",
                    NUMBER,
                    toTag,
                    2,
                    "c",
                    "",
                    HandPhone.SDP.replace("m=audio 40000", "m=audio /"));

            phone.expect("SIP/2.0 488");
            phone.request("ACK", NUMBER, toTag, 2, "c", "", "");
            phone.request("INVITE", NUMBER, toTag, 3, "d", "", HandPhone.SDP);
            phone.expect("SIP/2.0 200");
        }
        assertEquals(1, worker.host.callCount());
    }

    /// A call may end for what its peer said, never for what we made of it.
    private void assertNoFailures() throws InterruptedException {
        while (worker.reportsWaiting() > 0) {
            if (worker.next().event() instanceof MediaEvent.LegEnded ended) {
                assertNotEquals(LegEnd.Cause.WORKER_FAILURE, ended.end().cause(), ended::toString);
            }
        }
    }
}
