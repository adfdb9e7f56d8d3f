package io.strowger.runtime.tls;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
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

/// A certificate with its key, in PEM. Found by [#load].
///
/// @param keyPem PKCS#8
public record TlsCertificate(String certificatePem, String keyPem) {
    private static final Logger LOG = LoggerFactory.getLogger(TlsCertificate.class);

    @Override
    public String toString() {
        return "TlsCertificate[***]";
    }

    /// Where a self-signed certificate is kept.
    ///
    /// @param name of its files, without `.crt` and `.key`
    /// @param host that it is good for, beside the names of this machine; empty: none
    public record Place(Path directory, String name, String host) {}

    /// The certificate that is set, else a self-signed one that is made at the first start and
    /// again when it expired. Blocks; not for event loops.
    ///
    /// @param key of the settings, for messages, e.g. `http.tls`
    /// @throws SettingsException when a set file cannot be read
    public static TlsCertificate load(Settings.Tls tls, String key, Place place, Instant now)
            throws IOException, GeneralSecurityException {
        if (!tls.certificateFile().isEmpty()) {
            return new TlsCertificate(set(key, tls.certificateFile()), set(key, tls.keyFile()));
        }
        Path certificate = place.directory().resolve(place.name() + ".crt");
        Path keyFile = place.directory().resolve(place.name() + ".key");
        if (!isUsable(certificate, keyFile, now)) {
            Files.createDirectories(place.directory());
            SelfSigned made = SelfSigned.make(now, place.host());
            write(keyFile, made.keyPem(), "rw-------");
            write(certificate, made.certificatePem(), "rw-r--r--");
            LOG.atInfo().addKeyValue("file", certificate).log("self-signed certificate made");
        }
        return new TlsCertificate(Files.readString(certificate), Files.readString(keyFile));
    }

    private static String set(String key, String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new SettingsException(
                    key + ": cannot read " + file + ": " + e.getClass().getSimpleName());
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
