package io.strowger.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsLoaderTest {
    @TempDir Path directory;

    @Test
    void theDefaultsAreWhole() {
        Settings settings = SettingsLoader.load(null, Map.of("PATH", "/bin"));

        assertEquals(8080, settings.http().port());
        assertEquals(5060, settings.sip().port());
        assertTrue(settings.kafka().embedded());
        assertFalse(settings.webhooks().allowPrivateAddresses());
        assertEquals(Duration.ofSeconds(10), settings.gateway().replyTimeout());
    }

    @Test
    void theFileIsOverTheDefaultsAndTheEnvironmentOverBoth() throws IOException {
        Path file = file("http:\n  port: 81\n  host: 127.0.0.1\ncalls:\n  ringTimeout: 20s\n");

        Settings settings =
                SettingsLoader.load(
                        file,
                        Map.of(
                                "STROWGER_HTTP_PORT",
                                "82",
                                "STROWGER_RTP_PORTMIN",
                                "20000",
                                "STROWGER_RTP_PORTMAX",
                                "20100"));

        assertEquals(82, settings.http().port());
        assertEquals("127.0.0.1", settings.http().host());
        assertEquals(Duration.ofSeconds(20), settings.calls().ringTimeout());
        assertEquals(20100, settings.rtp().portMax());
    }

    @Test
    void listsCanComeFromTheEnvironment() {
        Settings settings =
                SettingsLoader.load(
                        null,
                        Map.of(
                                "STROWGER_ACCESSKEYS", "a2V5MQ==,a2V5Mg==",
                                "STROWGER_TRUNKS",
                                        "[{name: main, uri: 'sip:127.0.0.1:5070', prefixes: ['+1'], username: me, password: hidden}]"));

        assertEquals(
                List.of("a2V5MQ==", "a2V5Mg=="),
                settings.accessKeys().stream().map(Secret::reveal).toList());
        assertEquals("main", settings.trunks().getFirst().name());
        assertEquals(500, settings.trunks().getFirst().maxChannels());
    }

    @Test
    void secretsDoNotShow() {
        Settings settings = SettingsLoader.load(null, Map.of("STROWGER_ACCESSKEYS", "a2V5MQ=="));

        assertFalse(settings.toString().contains("a2V5MQ=="));
    }

    @Test
    void srtpIsOffUnlessItIsSetAndOffNeedsNoQuotes() throws IOException {
        Path file =
                file(
                        """
                        sip:
                          usersSrtp: off
                        trunks:
                          - {name: a, uri: "sip:a.example"}
                          - {name: b, uri: "sips:b.example", srtp: require}
                          - {name: c, uri: "sip:c.example;transport=tcp", srtp: off}
                        """);

        Settings settings = SettingsLoader.load(file, Map.of());

        assertEquals("off", settings.sip().usersSrtp());
        assertEquals(
                List.of("off", "require", "off"),
                settings.trunks().stream().map(Settings.Trunk::srtp).toList());
        assertFalse(settings.sip().tls().enabled());
        assertTrue(settings.sip().tcp());
    }

    @Test
    void portsThatAreAnyFreeOneOrOffMayBeAlike() throws IOException {
        Path file =
                file(
                        """
                        http: {port: 0, tls: {port: -1}}
                        ops: {port: 0}
                        sip: {port: 0, tls: {port: -1}}
                        """);

        assertEquals(0, SettingsLoader.load(file, Map.of()).sip().port());
    }

    @Test
    void anUnknownSrtpPolicyIsRefused() {
        SettingsException refusal =
                assertThrows(
                        SettingsException.class,
                        () ->
                                SettingsLoader.load(
                                        null, Map.of("STROWGER_SIP_USERSSRTP", "always")));

        assertTrue(String.valueOf(refusal.getMessage()).contains("sip.usersSrtp"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    http: {prot: 1}         | unknown key http.prot; did you mean http.port?
                    http: {port: 99999}     | http.port is 99999: allowed is 0..65535
                    http: {port: many}      | http.port is many: allowed is a whole number
                    http: {port: 80.5}      | http.port is 80.5: allowed is a whole number
                    http: {port: }          | http.port has no value
                    http: {colour: red}     | unknown key http.colour: allowed is host, port, tls, publicUrl in http
                    colour: red             | unknown key colour: allowed is dataDir, http,
                    http: {host: ''}        | http.host is empty: allowed is text
                    http: {publicUrl: me}   | http.publicUrl is me: allowed is an http or https URL
                    http: {tls: {certificateFile: a.pem}} | both certificateFile and keyFile, or neither
                    calls: {ringTimeout: x} | calls.ringTimeout is x: allowed is a duration such as
                    calls: {ringTimeout: [1]}      | calls.ringTimeout is a list: allowed is a duration
                    calls: {ringTimeout: -1s}      | calls.ringTimeout is -1s
                    calls: {maxDuration: PT0S}     | calls.maxDuration is PT0S: allowed is a duration above zero
                    sip: {advertisedHost: 0.0.0.0} | sip.advertisedHost is 0.0.0.0: allowed is an address
                    media: {allowPrivateAddresses: maybe} | media.allowPrivateAddresses is maybe: allowed is true or false
                    media: {timeouts: {drain: PT-1S}}     | media.timeouts.drain is PT-1S
                    worker: {ordinal: 64}          | worker.ordinal is 64: allowed is -1..63
                    kafka: {partitions: 0}         | kafka.partitions is 0: allowed is 1..1000
                    kafka: {replicationFactor: 3}  | kafka.replicationFactor is 3: allowed is 1, as kafka.bootstrapServers is empty
                    kafka: {client: {acks: '0'}}   | kafka.client is a value with acks
                    auth: {jwt: {jwks: ftp://a/keys}}       | auth.jwt.jwks is ftp://a/keys: allowed is an https URL, an http URL of this machine, a file
                    auth: {jwt: {jwks: http://login.example.com/keys}}    | auth.jwt.jwks is http://login.example.com/keys: allowed is an https URL
                    auth: {jwt: {issuers: [a]}}             | auth.jwt.jwks is empty: allowed is where the issuers' keys are
                    auth: {jwt: {audiences: [a]}}           | auth.jwt.jwks is empty: allowed is where the issuers' keys are
                    auth: {jwt: {jwks: k, audiences: [a]}}  | auth.jwt.issuers is empty: allowed is one at least, as auth.jwt.jwks is set
                    auth: {jwt: {jwks: k, issuers: [a]}}    | auth.jwt.audiences is empty: allowed is one at least
                    auth: {jwt: {jwks: k, issuers: [''], audiences: [a]}} | auth.jwt.issuers[0] is empty: allowed is text
                    auth: {jwt: {jwks: k, issuers: [i], audiences: [a], applicationClaims: []}} | auth.jwt.applicationClaims is empty
                    auth: {jwt: {clockSkew: PT6M}}          | auth.jwt.clockSkew is PT6M: allowed is PT0S..PT5M
                    recordings: {store: tape}      | recordings.store is tape: allowed is file or s3
                    recordings: {store: s3}        | recordings.s3.bucket
                    recordings: {s3: {accessKeyId: a}}        | both accessKeyId and secretAccessKey
                    sip: {port: 8080}              | sip.port is 8080: allowed is a port other than http.port's
                    sip: {tls: {port: 5060}}       | sip.tls.port is 5060: allowed is a port other than sip.port's
                    sip: {tls: {port: 8443}}       | sip.tls.port is 8443: allowed is a port other than http.tls.port's
                    http: {port: 9090}             | ops.port is 9090: allowed is a port other than http.port's
                    recordings: {contentPort: 9090} | recordings.contentPort is 9090: allowed is a port other than ops.port's
                    kafka: {port: 5060}            | kafka.port is 5060: allowed is a port other than sip.port's
                    rtp: {portMin: 5000, portMax: 6000}   | sip.port is 5060: allowed is a port outside
                    accessKeys: ['no base64!']     | accessKeys[0] is ***: allowed is base64
                    accessKeys: one                | accessKeys is one: allowed is a list
                    {accessKeys: [YQ==], auth: {accessKeyFiles: [a]}} | auth.accessKeyFiles is [a]: allowed is none, as accessKeys is set
                    auth: {accessKeyFiles: [a, ./a]}  | auth.accessKeyFiles[1] is ./a: allowed is a file that no other entry has
                    auth: {accessKeyFiles: ['']}      | auth.accessKeyFiles[0] is empty: allowed is text
                    webhooks: {signingSecret: '!'} | webhooks.signingSecret is ***: allowed is whsec_ and base64
                    numbers: [{number: '1', application: none}] | numbers[0].application is none: allowed is none, as none is set
                    {applications: [{name: a}], numbers: [{number: '1', application: b}]} | numbers[0].application is b: allowed is one of [a]
                    applications: [{name: a, eventsUrl: 'ftp://x'}] | applications[0].eventsUrl is ftp://x: allowed is an http or https URL
                    applications: [{name: a}, {name: a}]  | applications[1].name is a: allowed is one that no other entry has
                    users: [{id: a, sipUsername: b}]      | users[0].password has no value: an entry has id, sipUsername, password
                    users: [alice]                        | users[0] is alice: allowed is an entry with id, sipUsername, password
                    trunks: [{name: a, uri: 'tel:1'}]     | trunks.uri is tel:1
                    trunks: [{name: a, uri: 'sip:b', password: c}]    | trunks[0].username is empty: allowed is a name, as there is a password
                    trunks: [{name: a, uri: 'sip:b', maxChannels: 0}] | trunks.maxChannels is 0: allowed is at least 1
                    log: {format: xml}      | log.format is xml: allowed is json or text
                    media: {recognizer: {url: "http://stt.example"}} | media.recognizer.url is http://stt.example: allowed is a ws or wss URL with a host and without credentials, or empty
                    media: {recognizer: {url: "ws://me:secret@stt.example"}} | media.recognizer.url is
                    media: {recognizer: {token: "two words"}} | media.recognizer.token is ***: allowed is printable ASCII without spaces
                    media: {synthesizer: festival} | media.synthesizer is festival: allowed is auto (espeak-ng when it is on the PATH), none, or the path of an espeak-ng that can be run
                    http: 1                 | http holds further keys
                    rtp: {portMin: 20001, portMax: 20100} | rtp.portMin is 20001
                    numbers: [{number: '1'}]              | either application or user
                    users: [{name: a}]                    | unknown key users[0].name: allowed is id, sipUsername, password
                    - a                                   | a settings file holds keys and values
                    """)
    void refusesWhatItDoesNotUnderstand(String yaml, String message) throws IOException {
        Path file = file(yaml);

        SettingsException refused =
                assertThrows(SettingsException.class, () -> SettingsLoader.load(file, Map.of()));

        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }

    @Test
    void refusesUnknownVariables() {
        SettingsException refused =
                assertThrows(
                        SettingsException.class,
                        () -> SettingsLoader.load(null, Map.of("STROWGER_HTTP_PROT", "1")));

        assertEquals(
                "unknown variable STROWGER_HTTP_PROT; did you mean http.port?",
                refused.getMessage());
    }

    @Test
    void doesNotShowWhatStandsAroundAFaultInAVariable() {
        SettingsException refused =
                assertThrows(
                        SettingsException.class,
                        () ->
                                SettingsLoader.load(
                                        null,
                                        Map.of(
                                                "STROWGER_USERS",
                                                "[{id: a, password: hidden, sipUsername: [}]")));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("STROWGER_USERS is not YAML"));
        assertFalse(String.valueOf(refused.getMessage()).contains("hidden"));
    }

    /// Each key of the defaults, given something that no key takes.
    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyRefusesNonsenseByItsName(String key) throws IOException {
        String yaml = "";
        String indent = "";
        for (String part : key.split("\\.")) {
            yaml += indent + part + ":\n";
            indent += "  ";
        }
        Path file = file(yaml + indent + "- {nonsense: [1]}\n");

        SettingsException refused =
                assertThrows(SettingsException.class, () -> SettingsLoader.load(file, Map.of()));

        assertTrue(
                String.valueOf(refused.getMessage()).contains(key),
                () -> key + ": " + refused.getMessage());
        assertTrue(
                String.valueOf(refused.getMessage()).contains("allowed is"), refused.getMessage());
    }

    static Stream<String> keys() throws IOException {
        try (var in = SettingsLoader.class.getResourceAsStream("/strowger-defaults.yaml")) {
            return leaves(new YAMLMapper().readTree(in), "").toList().stream();
        }
    }

    private static Stream<String> leaves(JsonNode tree, String path) {
        return tree.properties().stream()
                .flatMap(field ->
                        field.getValue().isObject() && !field.getValue().isEmpty()
                                ? leaves(field.getValue(), path + field.getKey() + ".")
                                : Stream.of(path + field.getKey()));
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("strowger.yaml"), yaml);
    }
}
