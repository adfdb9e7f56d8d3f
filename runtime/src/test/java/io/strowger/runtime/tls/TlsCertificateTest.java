package io.strowger.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.settings.SettingsLoader;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:33:38Z");
    @TempDir Path directory;

    @Test
    void coversTheNamesOfThisMachine() throws Exception {
        load(settings(Map.of()), NOW);

        List<String> names =
                certificate().getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1).toString())
                        .toList();
        assertTrue(names.contains("localhost"), names::toString);
        assertTrue(names.contains("127.0.0.1"), names::toString);
        assertTrue(names.contains("192.0.2.7"), names::toString);
        assertTrue(names.contains("0:0:0:0:0:0:0:1"), names::toString);
        assertTrue(names.contains(InetAddress.getLocalHost().getHostName()), names::toString);
    }

    @Test
    void isKeptUntilItExpires() throws Exception {
        load(settings(Map.of()), NOW);
        X509Certificate first = certificate();

        load(settings(Map.of()), NOW.plus(Duration.ofDays(1000)));
        assertEquals(first, certificate());

        load(settings(Map.of()), NOW.plus(Duration.ofDays(2000)));
        assertNotEquals(first, certificate());
    }

    @Test
    void isMadeAgainWhenItIsBrokenOrItsKeyIsGone() throws Exception {
        load(settings(Map.of()), NOW);
        X509Certificate first = certificate();
        Files.writeString(directory.resolve("tls.crt"), "nonsense");

        load(settings(Map.of()), NOW);
        X509Certificate second = certificate();
        Files.delete(directory.resolve("tls.key"));
        load(settings(Map.of()), NOW);

        assertNotEquals(first, second);
        assertNotEquals(second, certificate());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("tls.key"))));
    }

    @Test
    void namesTheSetFileThatCannotBeRead() {
        Settings settings =
                settings(
                        Map.of(
                                "STROWGER_HTTP_TLS_CERTIFICATEFILE", "/nowhere/a.crt",
                                "STROWGER_HTTP_TLS_KEYFILE", "/nowhere/a.key"));

        SettingsException failure =
                assertThrows(SettingsException.class, () -> load(settings, NOW));

        assertTrue(String.valueOf(failure.getMessage()).contains("/nowhere/a.crt"));
    }

    private TlsCertificate load(Settings settings, Instant now) throws Exception {
        return TlsCertificate.load(
                settings.http().tls(),
                "http.tls",
                new TlsCertificate.Place(settings.dataDir(), "tls", "192.0.2.7"),
                now);
    }

    private X509Certificate certificate() throws Exception {
        try (var file = Files.newInputStream(directory.resolve("tls.crt"))) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    private Settings settings(Map<String, String> further) {
        Map<String, String> environment = new java.util.HashMap<>(further);
        environment.put("STROWGER_DATADIR", directory.toString());
        return SettingsLoader.load(null, environment);
    }
}
