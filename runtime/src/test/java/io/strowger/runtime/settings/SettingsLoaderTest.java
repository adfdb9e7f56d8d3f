package io.strowger.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                                        "[{name: main, uri: 'sip:127.0.0.1:5070', prefixes: ['+1'], password: hidden}]"));

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    http: {prot: 1}         | unknown key http.prot; did you mean http.port?
                    http: {port: 99999}     | http.port is 99999: allowed is 0..65535
                    http: {port: many}      | http.port
                    calls: {ringTimeout: x} | is no duration
                    log: {format: xml}      | log.format is xml: allowed is json or text
                    media: {synthesizer: festival} | media.synthesizer is festival: allowed is auto (espeak-ng when it is on the PATH), none, or the path of an espeak-ng that can be run
                    http: 1                 | http holds further keys
                    rtp: {portMin: 20001, portMax: 20100} | rtp.portMin is 20001
                    numbers: [{number: '1'}]              | either application or user
                    users: [{name: a}]                    | users
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

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("strowger.yaml"), yaml);
    }
}
