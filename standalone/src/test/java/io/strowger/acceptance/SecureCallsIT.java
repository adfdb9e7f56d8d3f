package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneSettings;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.tls.TlsCertificate;
import io.strowger.runtime.tls.TlsContexts;
import io.strowger.testsupport.Eventually;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls over SIP with TLS and SRTP, with keys, prompts and people who hear each other.
class SecureCallsIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    @TempDir static Path directory;
    private static TlsCertificate own;
    private static Phone secure;
    private static Phone plain;
    private static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        own =
                TlsCertificate.load(
                        new Settings.Tls(0, "", ""),
                        "test",
                        new TlsCertificate.Place(directory, "phone", ""),
                        Instant.now());
        Path data = directory.resolve("data");
        Settings.Tls platforms = new Settings.Tls(0, "", "");
        TlsCertificate platform =
                TlsCertificate.load(
                        platforms,
                        "test",
                        new TlsCertificate.Place(data, "sip-tls", "127.0.0.1"),
                        Instant.now());
        SSLContext trusting = TlsContexts.of(own, platform.certificatePem());
        secure =
                Phone.start(
                        PhoneSettings.listening("127.0.0.1", 0)
                                .withTls(trusting)
                                .withSrtp(SrtpPolicy.REQUIRE)
                                .withSays(
                                        new PhoneSettings.Clip(Tones.sine(450, 1000, 8000), true)));
        plain =
                Phone.start(
                        PhoneSettings.listening("127.0.0.1", 0)
                                .withSays(
                                        new PhoneSettings.Clip(
                                                Tones.sine(1450, 1000, 8000), true)));
        stage =
                Stage.open(
                        data,
                        Map.of(),
                        Map.of(
                                "STROWGER_SIP_TLS_PORT",
                                "0",
                                "STROWGER_SIP_TLS_TRUSTFILE",
                                directory.resolve("phone.crt").toString(),
                                "STROWGER_TRUNKS",
                                """
                                [{name: secure, uri: "sips:%s", prefixes: ["+1"], srtp: require},
                                 {name: plain, uri: "sip:%s", prefixes: ["+2"], srtp: prefer},
                                 {name: strict, uri: "sip:%s", prefixes: ["+3"], srtp: require}]\
                                """
                                        .formatted(
                                                secure.address(),
                                                plain.address(),
                                                plain.address())));
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
        secure.close();
        plain.close();
    }

    @Test
    void aProtectedPhoneAndAPlainOneHearEachOtherAndThePromptAndItsKeysAreHeard() throws Exception {
        String connection = stage.create("+15550100001", "/secure");
        stage.awaitEvent("/secure", "CallConnected");
        PhoneCall call = secure.awaitCall(one -> one.state() == PhoneCall.State.ANSWERED, LONG);
        stage.act(
                connection,
                "/participants:add",
                """
                {"participantToAdd":{"kind":"phoneNumber","phoneNumber":{"value":"+25550100002"}},
                 "sourceCallerIdNumber":{"value":"+15550100000"}}\
                """,
                202);
        stage.awaitEvent("/secure", "AddParticipantSucceeded");
        PhoneCall other = plain.awaitCall(one -> one.state() == PhoneCall.State.ANSWERED, LONG);
        stage.play(connection, stage.tone(850, 1_000), false);
        stage.awaitEvent("/secure", "PlayCompleted");
        stage.act(
                connection,
                ":recognize",
                """
                {"recognizeInputType":"dtmf","operationContext":"keys",
                 "playPrompt":{"kind":"file","file":{"uri":"%s"}},
                 "recognizeOptions":{"targetParticipant":{"rawId":"4:+15550100001"},
                   "interruptPrompt":true,"initialSilenceTimeoutInSeconds":10,
                   "dtmfOptions":{"maxTonesToCollect":2,"stopTones":["pound"]}}}\
                """
                        .formatted(stage.tone(1050, 1_000)),
                202);
        assertHears(call, 1050);
        call.press("42");
        var keys = stage.awaitEvent("/secure", "RecognizeCompleted");

        assertTrue(call.isSecure());
        assertFalse(other.isSecure());
        assertHears(call, 1450);
        assertHears(call, 850);
        assertHears(other, 450);
        assertEquals(0, call.packetsForged());
        assertEquals("[\"four\",\"two\"]", keys.at("/dtmfResult/tones").toString());
        assertForgeriesAreCounted(call);
    }

    @Test
    void aTrunkThatMustHaveKeysAndHasNoneGetsNoCall() throws Exception {
        stage.create("+35550100001", "/strict");

        var failed = stage.awaitEvent("/strict", "CreateCallFailed");

        assertEquals(560488, failed.at("/resultInformation/subCode").asInt());
    }

    private static void assertHears(PhoneCall call, double frequencyHz) {
        Eventually.holds(
                "a tone of " + frequencyHz + " Hz",
                LONG,
                () -> ToneDetector.heardMs(call.heard(), frequencyHz) > 400);
    }

    /// Whoever knows the port and has no key is not heard.
    private static void assertForgeriesAreCounted(PhoneCall call) throws Exception {
        int port = call.mediaPeerPort();
        byte[] forged = new byte[182];
        forged[0] = (byte) 0x80;
        double before = unauthentic();
        try (DatagramSocket stranger = new DatagramSocket()) {
            for (int i = 0; i < 10; i++) {
                stranger.send(
                        new DatagramPacket(
                                forged, forged.length, InetAddress.getLoopbackAddress(), port));
            }
        }
        Eventually.holds("counted", LONG, () -> unauthentic() >= before + 10);
    }

    private static double unauthentic() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI metrics = stage.platform().endpoint().resolve("metrics");
            return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line ->
                            line.startsWith("strowger_rtp_packets_total")
                                    && line.contains("unauthentic"))
                    .mapToDouble(
                            line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
