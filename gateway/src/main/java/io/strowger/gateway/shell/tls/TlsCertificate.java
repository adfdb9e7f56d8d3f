package io.strowger.gateway.shell.tls;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the certificate for https: the one that is set, else a self-signed one in `dataDir` that
/// is made at the first start and again when it expired. Blocks; not for event loops.
public final class TlsCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(TlsCertificate.class);
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    private TlsCertificate() {}

    /// @throws SettingsException when a set file cannot be read
    public static PemKeyCertOptions load(Settings settings, Instant now)
            throws IOException, GeneralSecurityException {
        Settings.Tls tls = settings.http().tls();
        if (!tls.certificateFile().isEmpty()) {
            return options(set(tls.certificateFile()), set(tls.keyFile()));
        }
        Path certificate = settings.dataDir().resolve(CERTIFICATE);
        Path key = settings.dataDir().resolve(KEY);
        if (!isUsable(certificate, key, now)) {
            Files.createDirectories(settings.dataDir());
            SelfSigned made = SelfSigned.make(now);
            write(key, made.keyPem(), "rw-------");
            write(certificate, made.certificatePem(), "rw-r--r--");
            LOG.atInfo().addKeyValue("file", certificate).log("self-signed certificate made");
        }
        return options(Files.readString(certificate), Files.readString(key));
    }

    private static PemKeyCertOptions options(String certificate, String key) {
        return new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(certificate))
                .setKeyValue(Buffer.buffer(key));
    }

    private static String set(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new SettingsException(
                    "http.tls: cannot read " + file + ": " + e.getClass().getSimpleName());
        }
    }

    private static boolean isUsable(Path certificate, Path key, Instant now) throws IOException {
        if (!Files.exists(certificate) || !Files.exists(key)) {
            return false;
        }
        try (var file = Files.newInputStream(certificate)) {
            X509Certificate kept =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(file);
            kept.checkValidity(Date.from(now));
            return true;
        } catch (CertificateException expiredOrBroken) {
            LOG.atInfo()
                    .addKeyValue("file", certificate)
                    .addKeyValue("reason", expiredOrBroken.getMessage())
                    .log("certificate is of no use any more");
            return false;
        }
    }

    /// Whole or not at all, and never readable by more than `permissions` say.
    private static void write(Path file, String text, String permissions) throws IOException {
        Path temporary =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(),
                        file.getFileName().toString(),
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(permissions)));
        Files.writeString(temporary, text);
        Files.move(
                temporary,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
