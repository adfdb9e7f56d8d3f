package io.strowger.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.settings.TrustSettings;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsContextsTest {
    @TempDir Path directory;

    @Test
    void whoTrustsTheCertificateIsHeardAndWhoDoesNotIsNot() throws Exception {
        TlsCertificate own = made();
        Path trusted = Files.writeString(directory.resolve("ca.pem"), own.certificatePem());

        assertEquals(42, greet(own, trusted.toString()));
        assertThrows(SSLHandshakeException.class, () -> greet(own, ""));
    }

    @Test
    void saysWhichSettingIsOfNoUse() throws Exception {
        Path nonsense = Files.writeString(directory.resolve("ca.pem"), "nonsense");
        TlsCertificate broken = new TlsCertificate(made().certificatePem(), "nonsense");

        for (var attempt :
                java.util.List.<org.junit.jupiter.api.function.Executable>of(
                        () -> TlsContexts.of(null, "sip.tls", nonsense.toString()),
                        () -> TlsContexts.of(null, "sip.tls", "/nowhere/ca.pem"),
                        () -> TlsContexts.trust("sip.tls", trusts(nonsense.toString())),
                        () -> TlsContexts.trust("sip.tls", trusts("/nowhere/ca.pem")),
                        () -> TlsContexts.of(broken, "sip.tls", ""))) {
            SettingsException refusal = assertThrows(SettingsException.class, attempt);
            assertTrue(String.valueOf(refusal.getMessage()).startsWith("sip.tls: "));
        }
    }

    private static TrustSettings trusts(String file) {
        return new TrustSettings(file);
    }

    private TlsCertificate made() throws Exception {
        return TlsCertificate.load(
                new Settings.Tls(0, "", ""),
                "sip.tls",
                new TlsCertificate.Place(directory, "sip-tls", ""),
                Instant.now());
    }

    private static int greet(TlsCertificate own, String trustFile) throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (SSLServerSocket server =
                        (SSLServerSocket)
                                TlsContexts.of(own, "test", "")
                                        .getServerSocketFactory()
                                        .createServerSocket(0, 1, here);
                SSLSocket client =
                        (SSLSocket)
                                TlsContexts.of(null, "test", trustFile)
                                        .getSocketFactory()
                                        .createSocket(here, server.getLocalPort())) {
            CompletableFuture<Integer> heard = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() -> {
                        try (var accepted = server.accept()) {
                            heard.complete(accepted.getInputStream().read());
                        } catch (java.io.IOException e) {
                            heard.completeExceptionally(e);
                        }
                    });
            client.getOutputStream().write(42);
            client.getOutputStream().flush();
            return heard.get(10, TimeUnit.SECONDS);
        }
    }
}
