package io.strowger.standalone.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneSettings;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.tls.TlsCertificate;
import io.strowger.standalone.doctor.Finding.Verdict;
import io.strowger.testsupport.FreePorts;
import io.strowger.testsupport.StreamReceiver;
import io.strowger.testsupport.WebhookReceiver;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The likeliest mistakes of a set-up; a mistaken key or value is refused before the doctor looks.
class DoctorIT {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "http.port, STROWGER_HTTP_PORT, FAIL",
        "http.tls.port, STROWGER_HTTP_TLS_PORT, FAIL",
        "sip.port (TCP), STROWGER_SIP_PORT, FAIL",
        "sip.tls.port, STROWGER_SIP_TLS_PORT, FAIL",
        "kafka.port, STROWGER_KAFKA_PORT, FAIL",
        "recordings.contentPort, STROWGER_RECORDINGS_CONTENTPORT, FAIL",
        "ops.port, STROWGER_OPS_PORT, WARN"
    })
    void aPortThatIsTaken(String what, String variable, Verdict verdict) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Finding found = look(what, Map.of(variable, Integer.toString(taken.getLocalPort())));

            assertSays(verdict, "cannot be used", "set another " + what.split(" ")[0], found);
        }
    }

    @Test
    void aSipPortThatAnotherPhoneSystemHas() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            Finding found =
                    look(
                            "sip.port (UDP)",
                            Map.of("STROWGER_SIP_PORT", Integer.toString(taken.getLocalPort())));

            assertSays(Verdict.FAIL, "cannot be used", "set another sip.port", found);
        }
    }

    @Test
    void aRecogniserThatIsThere() throws Exception {
        try (StreamReceiver receiver = StreamReceiver.start()) {
            Finding found = recognizer(receiver.uri("/").toString(), "");

            assertEquals(Verdict.OK, found.verdict(), found.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, refuses with 401, set media.recognizer.token",
        "404, refuses with 404, check the path of media.recognizer.url"
    })
    void aRecogniserThatRefuses(int status, String said, String advice) throws Exception {
        try (StreamReceiver receiver = StreamReceiver.start()) {
            receiver.refuse(status);

            assertSays(Verdict.WARN, said, advice, recognizer(receiver.uri("/").toString(), ""));
        }
    }

    @Test
    void aRecogniserThatIsNotThere() throws Exception {
        Finding found = recognizer("ws://127.0.0.1:" + FreePorts.pair() + "/", "");

        assertSays(Verdict.WARN, "is not reached", "start the recogniser", found);
    }

    @Test
    void aRecogniserWhoseAuthorityIsOfOnesOwn() throws Exception {
        TlsCertificate theirs =
                TlsCertificate.load(
                        new Settings.Tls(0, "", ""),
                        "test",
                        new TlsCertificate.Place(folder, "theirs", ""),
                        Instant.now());
        try (StreamReceiver receiver =
                StreamReceiver.secure(theirs.certificatePem(), theirs.keyPem())) {
            String url = receiver.uri("/").toString();

            assertSays(
                    Verdict.WARN, "is not trusted", "set media.tls.trustFile", recognizer(url, ""));
            Finding trusted = recognizer(url, folder.resolve("theirs.crt").toString());
            assertEquals(Verdict.OK, trusted.verdict(), trusted.toString());
        }
    }

    private Finding recognizer(String url, String trustFile) throws Exception {
        return look(
                "media.recognizer",
                Map.of(
                        "STROWGER_MEDIA_RECOGNIZER_URL",
                        url,
                        "STROWGER_MEDIA_TLS_TRUSTFILE",
                        trustFile));
    }

    @Test
    void aFolderThatCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        Finding found =
                look("dataDir", Map.of("STROWGER_DATADIR", file.resolve("data").toString()));

        assertSays(Verdict.FAIL, "is not writable", "or set dataDir", found);
    }

    @Test
    void aCertificateThatIsNotThere() throws Exception {
        Finding found =
                look(
                        "http.tls.certificateFile",
                        Map.of(
                                "STROWGER_HTTP_TLS_CERTIFICATEFILE", "/no/such.pem",
                                "STROWGER_HTTP_TLS_KEYFILE", "/no/such.key"));

        assertSays(
                Verdict.FAIL, "cannot read /no/such.pem", "mend http.tls.certificateFile", found);
    }

    @ParameterizedTest
    @CsvSource({"-4000, FAIL, expired at", "0, OK, good until"})
    void howLongACertificateIsGood(long madeDays, Verdict verdict, String said) throws Exception {
        TlsCertificate.load(
                new Settings.Tls(0, "", ""),
                "sip.tls",
                new TlsCertificate.Place(folder, "sip", ""),
                Instant.now().plus(Duration.ofDays(madeDays)));

        Finding found =
                look(
                        "sip.tls.certificateFile",
                        Map.of(
                                "STROWGER_SIP_TLS_PORT", "0",
                                "STROWGER_SIP_TLS_CERTIFICATEFILE", folder.resolve("sip.crt") + "",
                                "STROWGER_SIP_TLS_KEYFILE", folder.resolve("sip.key") + ""));

        assertEquals(verdict, found.verdict(), found.toString());
        assertTrue(found.said().startsWith(said), found.toString());
    }

    @Test
    void aBrokerThatDoesNotAnswer() throws Exception {
        Finding found = look("broker", Map.of("STROWGER_KAFKA_BOOTSTRAPSERVERS", "127.0.0.1:1"));

        assertSays(Verdict.FAIL, "does not answer", "check kafka.bootstrapServers", found);
    }

    @Test
    void topicsThatSomebodyMadeOtherwise() throws Exception {
        try (EmbeddedKafka broker =
                EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")))) {
            Properties client = new Properties();
            client.put("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                admin.createTopics(List.of(new NewTopic("call.commands", 3, (short) 1)))
                        .all()
                        .get();
            }

            List<Finding> found =
                    looks(Map.of("STROWGER_KAFKA_BOOTSTRAPSERVERS", broker.bootstrapServers()));

            assertEquals(Verdict.OK, one("broker", found).verdict());
            assertSays(
                    Verdict.FAIL,
                    "call.commands has 3 partitions, not 12",
                    "./strowger topics",
                    one("topics", found));
        }
    }

    @Test
    void aTrunkThatDoesNotAnswerBesideOneThatDoes() throws Exception {
        try (Phone phone = Phone.start(PhoneSettings.listening("127.0.0.1", 0));
                DatagramSocket deaf = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            List<Finding> found =
                    looks(
                            Map.of(
                                    "STROWGER_TRUNKS",
                                    "[{name: good, uri: 'sip:%s'}, {name: deaf, uri: 'sip:127.0.0.1:%d'}]"
                                            .formatted(phone.address(), deaf.getLocalPort())));

            assertEquals(Verdict.OK, one("trunk good", found).verdict());
            assertSays(
                    Verdict.WARN,
                    "no answer to OPTIONS",
                    "check address, port",
                    one("trunk deaf", found));
        }
    }

    @Test
    void anApplicationOnThisMachineWithoutLeaveToTellIt() throws Exception {
        try (WebhookReceiver application = WebhookReceiver.start()) {
            String applications = "[{name: ivr, incomingCallUrl: '" + application.uri("/") + "'}]";

            Finding forbidden =
                    look("application ivr", Map.of("STROWGER_APPLICATIONS", applications));
            Finding allowed =
                    look(
                            "application ivr",
                            Map.of(
                                    "STROWGER_APPLICATIONS",
                                    applications,
                                    "STROWGER_WEBHOOKS_ALLOWPRIVATEADDRESSES",
                                    "true"));

            assertSays(
                    Verdict.WARN,
                    "loopback address: no event will be sent",
                    "webhooks.allowPrivateAddresses",
                    forbidden);
            assertEquals(Verdict.OK, allowed.verdict());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sip.host              | STROWGER_TRUNKS                | [{name: a, uri: "sip:192.0.2.1;transport=udp"}]      | WARN | outside of this machine cannot reach it
                    sip.advertisedHost    | STROWGER_SIP_ADVERTISEDHOST    | no-such-host.invalid                                 | FAIL | is not known to DNS
                    rtp.portMin, rtp.portMax | STROWGER_RTP_PORTMAX        | 20098                                                | WARN | room for 49 legs, media.maxCalls is 1000
                    file descriptors      | STROWGER_MEDIA_MAXCALLS        | 100000000                                            | WARN | 100000000 calls want
                    application ivr       | STROWGER_APPLICATIONS          | [{name: ivr, eventsUrl: "http://127.0.0.1:1/"}]      | WARN | 127.0.0.1:1
                    numbers[0]            | STROWGER_NUMBERS               | [{number: "+1555", application: quiet}]              | WARN | has no incomingCallUrl
                    media.promptDirectory | STROWGER_MEDIA_PROMPTDIRECTORY | /no/such/folder                                      | WARN | is no folder
                    recordings.s3         | STROWGER_RECORDINGS_S3_ENDPOINT | http://127.0.0.1:1                                  | WARN | does not answer
                    http.publicUrl        | STROWGER_HTTP_PUBLICURL        | ''                                                   | WARN | not set
                    """)
    void aSettingThatStartsAndDoesNotWork(
            String what, String variable, String value, Verdict verdict, String said)
            throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("STROWGER_RTP_PORTMIN", "20000");
        settings.put("STROWGER_RTP_PORTMAX", "29999");
        settings.put("STROWGER_APPLICATIONS", "[{name: quiet}]");
        settings.put("STROWGER_RECORDINGS_STORE", "s3");
        settings.put("STROWGER_RECORDINGS_S3_BUCKET", "b");
        settings.put("STROWGER_RECORDINGS_S3_ENDPOINT", "http://localhost:1");
        settings.put(variable, value);

        assertSays(verdict, said, "", look(what, settings));
    }

    @Test
    void nothingToMendInASetUpThatWorks() throws Exception {
        List<Finding> found =
                looks(
                        Map.of(
                                "STROWGER_RTP_PORTMIN", "20000",
                                "STROWGER_RTP_PORTMAX", "29999"));

        assertEquals(
                List.of(),
                found.stream().filter(finding -> finding.verdict() == Verdict.FAIL).toList());
    }

    private Finding look(String what, Map<String, String> settings) throws Exception {
        return one(what, looks(settings));
    }

    private List<Finding> looks(Map<String, String> further) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("STROWGER_DATADIR", folder.resolve("data").toString());
        environment.put("STROWGER_HTTP_HOST", "127.0.0.1");
        environment.put("STROWGER_HTTP_PORT", "0");
        environment.put("STROWGER_HTTP_TLS_PORT", "0");
        environment.put("STROWGER_SIP_HOST", "127.0.0.1");
        environment.put("STROWGER_SIP_PORT", "0");
        environment.put("STROWGER_OPS_PORT", "0");
        environment.putAll(further);
        return Doctor.look(SettingsLoader.load(null, environment));
    }

    private static Finding one(String what, List<Finding> found) {
        return found.stream()
                .filter(finding -> finding.what().equals(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + what + " in " + found));
    }

    private static void assertSays(Verdict verdict, String said, String mend, Finding found) {
        assertEquals(verdict, found.verdict(), found.toString());
        assertTrue(found.said().contains(said), found.toString());
        assertTrue(found.mend().contains(mend) && !found.mend().isEmpty(), found.toString());
    }
}
