package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.sip.Digest;
import io.strowger.worker.core.sip.DigestChallenge;
import io.strowger.worker.core.sip.SipRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What scanners of telephone systems do: they try every extension of a range, and a different
/// answer is a user found. Here there is no different answer.
class ScanIT {
    private static final int FIRST = 1000;
    private static final int LAST = 1059;
    private static final List<SipUser> PEOPLE =
            IntStream.rangeClosed(FIRST, LAST)
                    .filter(extension -> extension % 7 == 0)
                    .mapToObj(extension -> TestWorker.user(Integer.toString(extension)))
                    .toList();
    private static TestWorker worker;

    @BeforeAll
    static void start() throws IOException {
        worker =
                new TestWorker(
                                List.of(TestWorker.trunk("main", 5060)),
                                10,
                                100,
                                TestWorker.QUICK,
                                PEOPLE)
                        .receiving();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    /// One extension and who asks for it, from an address of its own.
    private record Probe(String extension, RawPhone phone, List<String> heard) {
        boolean isUser() {
            return PEOPLE.stream().anyMatch(user -> user.username().equals(extension));
        }
    }

    private static List<Probe> probes() throws IOException {
        List<Probe> probes = new ArrayList<>();
        for (int extension = FIRST; extension <= LAST; extension++) {
            RawPhone phone =
                    RawPhone.udp("127.0.1." + (1 + extension % 200), worker.endpoint.port());
            probes.add(new Probe(Integer.toString(extension), phone, new ArrayList<>()));
        }
        return probes;
    }

    /// @param patienceMs for each answer; where there is none, what is not there soon never comes
    @ParameterizedTest
    @CsvSource({
        "REGISTER,3000",
        "INVITE,3000",
        "OPTIONS,10",
        "SUBSCRIBE,10",
        "MESSAGE,10",
        "BYE,10"
    })
    void tellsNoUserFromNobody(String method, int patienceMs) throws Exception {
        List<Probe> probes = probes();
        try (RawPhone witness = RawPhone.udp("127.0.0.9", worker.endpoint.port())) {
            for (Probe probe : probes) {
                probe.phone.send(
                        probe.phone.request(
                                method, probe.extension, "Contact: <sip:x@192.0.2.55:5060>"));
            }
            assertNull(witness.receive(300), "nobody speaks to who said nothing");
            for (Probe probe : probes) {
                String answer = listen(probe, patienceMs);
                if (answer != null && answer.startsWith("SIP/2.0 401")) {
                    probe.phone.send(
                            probe.phone.request(
                                    method,
                                    probe.extension,
                                    "Contact: <sip:x@192.0.2.55:5060>",
                                    "Authorization: " + guess(answer, method, probe.extension)));
                    listen(probe, patienceMs);
                }
            }
        } finally {
            for (Probe probe : probes) {
                probe.phone.close();
            }
        }

        assertEquals(
                answers(probes, true), answers(probes, false), "users differ from nobody in this");
        assertEquals(1, answers(probes, true).size(), "and all users are answered alike");
        assertEquals(0, worker.host.callCount());
        assertTrue(worker.registrations.of(PEOPLE.getFirst().id()).isEmpty());
    }

    private static Set<List<String>> answers(List<Probe> probes, boolean users) {
        Set<List<String>> answers = new HashSet<>();
        probes.stream()
                .filter(probe -> probe.isUser() == users)
                .forEach(probe -> answers.add(probe.heard));
        return answers;
    }

    private static @Nullable String listen(Probe probe, int patienceMs) throws IOException {
        String answer = probe.phone.receive(patienceMs);
        probe.heard.add(answer == null ? "nothing" : shape(answer));
        return answer;
    }

    /// The answer without what differs between any two: tags, nonces, addresses, ids.
    private static String shape(String answer) {
        Stream<String> headers =
                answer.lines()
                        .skip(1)
                        .map(line -> line.replaceAll("nonce=\"[^\"]*\"", "nonce"))
                        .map(line ->
                                line.matches("(?i)(Via|From|To|Call-ID|CSeq):.*")
                                        ? line.substring(0, line.indexOf(':'))
                                        : line);
        Set<String> sorted = new TreeSet<>(headers.toList());
        return answer.lines().findFirst().orElse("") + sorted;
    }

    private static String guess(String challenge, String method, String extension) {
        DigestChallenge asked =
                RawPhone.headers(challenge, "WWW-Authenticate").stream()
                        .flatMap(value -> DigestChallenge.parse(false, value).stream())
                        .findFirst()
                        .orElseThrow();
        SipRequest shape =
                new SipRequest(
                        method, "sip:127.0.0.1", "", "", "", 1, List.of(), null, List.of(), null);
        return Digest.answer(asked, new Digest.Credentials(extension, "1234"), shape, "c0ffee", 1)
                .value();
    }
}
