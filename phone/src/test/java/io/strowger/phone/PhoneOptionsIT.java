package io.strowger.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.media.wav.WavReader;
import io.strowger.phone.PhoneCall.State;
import io.strowger.phone.PhoneSettings.Account;
import io.strowger.phone.PhoneSettings.Clip;
import io.strowger.phone.PhoneSettings.Echo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What each option of the phone does, with a second phone at the other end.
class PhoneOptionsIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final PhoneSettings ANY = PhoneSettings.listening("127.0.0.1", 0);
    private static final String SHA_256 =
            "Digest realm=\"strowger\", nonce=\"n2\", algorithm=SHA-256, qop=\"auth\"";
    private static final String MD5 =
            "Digest realm=\"strowger\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"";
    @TempDir Path folder;

    @Test
    void answersAfterTheSetTime() throws Exception {
        try (Phone slow = Phone.start(ANY.withAnswerAfter(Duration.ofMillis(400)));
                Phone caller = Phone.start(ANY)) {
            long start = System.nanoTime();
            PhoneCall call = caller.call(slow.uri());

            assertTrue(call.awaitState(State.RINGING, SOON));
            assertTrue(call.awaitState(State.ANSWERED, SOON));
            assertTrue(System.nanoTime() - start >= 400_000_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 480, 486, 503, 603})
    void rejectsWithTheSetStatus(int status) throws Exception {
        try (Phone phone = Phone.start(ANY.withReject(status));
                Phone caller = Phone.start(ANY)) {
            PhoneCall call = caller.call(phone.uri());

            assertTrue(call.awaitState(State.ENDED, SOON));
            assertEquals(status, call.endStatus());
        }
    }

    @Test
    void hangsUpAfterTheSetTimeAndCountsItsCalls() throws Exception {
        try (Phone phone = Phone.start(ANY.withHangUpAfter(Duration.ofMillis(200)));
                Phone caller = Phone.start(ANY)) {
            caller.call(phone.uri());
            phone.awaitEnded(1);
            caller.call(phone.uri());
            phone.awaitEnded(2);

            assertEquals(2, phone.calls().size());
            assertEquals("hung up here", phone.calls().getLast().endReason());
        }
    }

    @Test
    void sendsBackWhatItHears() throws Exception {
        Clip tone = new Clip(Tones.sine(700, 1000, 8000), true);
        try (Phone echo = Phone.start(ANY.withSays(new Echo()));
                Phone caller = Phone.start(ANY.withSays(tone))) {
            PhoneCall call = caller.call(echo.uri());

            assertTrue(call.await(c -> ToneDetector.heardMs(c.heard(), 700) >= 500, SOON));
        }
    }

    @Test
    void savesWhatItHeardOneFileACall() throws Exception {
        Path file = folder.resolve("heard.wav");
        try (Phone phone = Phone.start(ANY.withSave(file));
                Phone caller =
                        Phone.start(ANY.withSays(new Clip(Tones.sine(500, 1000, 8000), true)))) {
            for (int calls = 1; calls <= 2; calls++) {
                PhoneCall call = caller.call(phone.uri());
                PhoneCall far = phone.awaitCall(c -> c.state() == State.ANSWERED, SOON);
                assertTrue(far.await(c -> c.heard().length >= 4000, SOON));
                call.hangUp();
                phone.awaitEnded(calls);
            }
        }

        for (String name : List.of("heard.wav", "heard-2.wav")) {
            byte[] saved = Files.readAllBytes(folder.resolve(name));
            assertTrue(ToneDetector.heardMs(samples(saved), 500) >= 400, name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SHA_256, MD5})
    void registersWithADigest(String challenge) throws Exception {
        try (TestRegistrar registrar = new TestRegistrar("secret", challenge)) {
            assertEquals(200, registerAt(registrar, "secret"));

            assertEquals(2, registrar.seen.size());
            assertTrue(registrar.accepted.getFirst().required("Contact").contains("sip:alice@127"));
        }
    }

    @Test
    void choosesTheStrongerDigestOfSeveral() throws Exception {
        String unknown = "Digest realm=\"strowger\", nonce=\"n3\", algorithm=SHA-512-256";
        try (TestRegistrar registrar = new TestRegistrar("secret", unknown, MD5, SHA_256)) {
            assertEquals(200, registerAt(registrar, "secret"));

            String sent = registrar.accepted.getFirst().required("Authorization");
            assertTrue(sent.contains("SHA-256"), sent);
        }
    }

    @Test
    void triesAWrongPasswordOnce() throws Exception {
        try (TestRegistrar registrar = new TestRegistrar("secret", SHA_256)) {
            assertEquals(401, registerAt(registrar, "wrong"));

            assertEquals(2, registrar.seen.size());
        }
    }

    private static int registerAt(TestRegistrar registrar, String password) throws Exception {
        BlockingQueue<Integer> results = new LinkedBlockingQueue<>();
        PhoneListener listener =
                new PhoneListener() {
                    @Override
                    public void registered(int status) {
                        results.add(status);
                    }
                };
        Account account =
                new Account(registrar.address(), "alice", password, Duration.ofMinutes(1));
        try (Phone phone = Phone.start(ANY.withAccount(account), listener)) {
            assertEquals("sip:alice@" + registrar.address(), phone.uri());
            Integer status = results.poll(10, TimeUnit.SECONDS);
            return status == null ? 0 : status;
        }
    }

    @Test
    void tellsItsListenerTheLifeOfACall() throws Exception {
        List<String> told = java.util.Collections.synchronizedList(new ArrayList<>());
        PhoneListener listener =
                new PhoneListener() {
                    @Override
                    public void incoming(PhoneCall call) {
                        told.add("incoming");
                    }

                    @Override
                    public void answered(PhoneCall call) {
                        told.add("answered");
                    }

                    @Override
                    public void keyHeard(PhoneCall call, char key) {
                        told.add("key " + key);
                        call.hangUp();
                    }

                    @Override
                    public void ended(PhoneCall call, String reason) {
                        told.add(reason);
                    }
                };
        try (Phone phone = Phone.start(ANY, listener);
                Phone caller = Phone.start(ANY.withPress("5", Duration.ofMillis(100)))) {
            caller.call(phone.uri());
            phone.awaitEnded(1);
        }

        assertEquals(List.of("incoming", "answered", "key 5", "hung up here"), told);
    }

    @Test
    void carriesAHundredCallsAtOnceAndEchoesEach() throws Exception {
        try (Phone echo = Phone.start(ANY.withSays(new Echo()).withRecords(false));
                Phone caller =
                        Phone.start(ANY.withSays(new Clip(Tones.sine(600, 1000, 8000), true)))) {
            List<PhoneCall> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(caller.call(echo.uri()));
            }

            for (PhoneCall call : calls) {
                assertTrue(
                        call.await(
                                c -> ToneDetector.heardMs(c.heard(), 600) >= 300,
                                Duration.ofSeconds(30)));
            }
            assertEquals(0, echo.calls().getFirst().heard().length);
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> ANY.withReject(200));
        assertThrows(
                IllegalArgumentException.class, () -> ANY.withPress("1x", Duration.ofSeconds(1)));
    }

    private static short[] samples(byte[] wav) {
        return ((WavReader.Audio) WavReader.read(wav)).samples();
    }
}
