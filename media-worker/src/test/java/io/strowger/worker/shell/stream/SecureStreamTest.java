package io.strowger.worker.shell.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaEvent.StreamEnded;
import io.strowger.contracts.media.StreamOutcome;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamSpec.Channels;
import io.strowger.contracts.stream.StreamSpec.Format;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.tls.TlsCertificate;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.StreamReceiver;
import io.strowger.worker.core.stream.StreamRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Streams to a WebSocket server over TLS whose certificate no public authority signed.
class SecureStreamTest {
    private static final OperationId STREAM = new OperationId(new UUID(7, 8));
    private static final CallConnectionId CONNECTION = new CallConnectionId(new UUID(1, 1));
    @TempDir Path directory;
    private TlsCertificate certificate;

    @BeforeEach
    void certify() throws Exception {
        certificate =
                TlsCertificate.load(
                        new Settings.Tls(0, "", ""),
                        "test",
                        new TlsCertificate.Place(directory, "theirs", ""),
                        Instant.now());
    }

    @Test
    void whoIsVouchedForByTheTrustFileIsStreamedTo() throws Exception {
        Path trusted = Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem());

        try (StreamStage stage = stage(trusted.toString())) {
            open(stage);

            assertEquals("/audio", stage.session(1).uri());
        }
    }

    @Test
    void whoIsVouchedForByNobodyIsNot() throws Exception {
        try (StreamStage stage = stage("")) {
            open(stage);

            Eventually.holds(
                    StreamStage.SOON, () -> !stage.told.isEmpty(), () -> "told of nothing");
            assertEquals(StreamOutcome.UNREACHABLE, ((StreamEnded) stage.told.getLast()).outcome());
            assertEquals(List.of(), stage.receiver.sessions());
        }
    }

    @Test
    void aFileWithoutCertificatesStopsTheStart() throws Exception {
        Path nonsense = Files.writeString(directory.resolve("ca.pem"), "nonsense");
        try (StreamReceiver receiver = receiver()) {
            SettingsException refusal =
                    assertThrows(
                            SettingsException.class,
                            () -> StreamStage.set(receiver, nonsense.toString()));

            assertTrue(String.valueOf(refusal.getMessage()).startsWith("media.tls: trustFile "));
        }
    }

    private StreamReceiver receiver() throws Exception {
        return StreamReceiver.secure(certificate.certificatePem(), certificate.keyPem());
    }

    private StreamStage stage(String trustFile) throws Exception {
        return StreamStage.set(receiver(), trustFile);
    }

    private static void open(StreamStage stage) {
        stage.service.open(
                StreamStage.CALL,
                new StreamRequest(
                        STREAM,
                        CONNECTION,
                        new UUID(3, 4),
                        new StreamSpec(
                                stage.receiver.uri("/audio"),
                                Channels.MIXED,
                                Format.PCM_16K_MONO,
                                true,
                                true),
                        List.of()));
    }
}
