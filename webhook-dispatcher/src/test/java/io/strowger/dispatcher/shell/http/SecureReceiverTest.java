package io.strowger.dispatcher.shell.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.tls.TlsCertificate;
import io.strowger.runtime.tls.TlsContexts;
import io.strowger.testsupport.WebhookReceiver;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callbacks over https to a receiver whose certificate no public authority signed.
class SecureReceiverTest {
    @TempDir Path directory;
    private Vertx vertx;
    private TlsCertificate certificate;
    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        certificate =
                TlsCertificate.load(
                        new Settings.Tls(0, "", ""),
                        "test",
                        new TlsCertificate.Place(directory, "theirs", ""),
                        Instant.now());
        receiver = WebhookReceiver.secure(TlsContexts.of(certificate, ""));
    }

    @AfterEach
    void stop() throws Exception {
        receiver.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void whoIsVouchedForByTheTrustFileIsTold() throws Exception {
        Path trusted = Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem());

        Answer answer = deliver(trusted.toString());

        assertEquals(200, assertInstanceOf(Answer.Responded.class, answer).status());
        assertEquals(1, receiver.requests().size());
    }

    @Test
    void whoIsVouchedForByNobodyIsNot() throws Exception {
        assertInstanceOf(Answer.Unreachable.class, deliver(""));

        assertEquals(List.of(), receiver.requests());
    }

    @Test
    void aFileWithoutCertificatesStopsTheStart() throws Exception {
        Path nonsense = Files.writeString(directory.resolve("ca.pem"), "nonsense");

        SettingsException refusal =
                assertThrows(SettingsException.class, () -> deliver(nonsense.toString()));

        assertTrue(String.valueOf(refusal.getMessage()).startsWith("webhooks.tls: trustFile "));
    }

    private Answer deliver(String trustFile) throws Exception {
        return OneDelivery.to(
                "https://localhost:" + receiver.port() + "/e",
                vertx.getOrCreateContext(),
                Map.of(
                        "STROWGER_WEBHOOKS_ALLOWPRIVATEADDRESSES",
                        "true",
                        "STROWGER_WEBHOOKS_TLS_TRUSTFILE",
                        trustFile));
    }
}
