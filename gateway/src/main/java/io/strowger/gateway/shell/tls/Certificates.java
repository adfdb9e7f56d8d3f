package io.strowger.gateway.shell.tls;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The certificate of the https port: the set one, else a self-signed one that is made at first
/// start and kept in the data directory. Blocking.
public final class Certificates {
    private static final Duration VALID = Duration.ofDays(825);
    private static final Duration RENEW_BEFORE = Duration.ofDays(14);
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private Certificates() {}

    /// @throws SettingsException when a set file cannot be read
    public static PemKeyCertOptions load(Settings settings, Instant now)
            throws IOException, GeneralSecurityException {
        Settings.Tls tls = settings.http().tls();
        if (!tls.certificateFile().isEmpty()) {
            return options(
                    readable("http.tls.certificateFile", tls.certificateFile()),
                    readable("http.tls.keyFile", tls.keyFile()));
        }
        Path certificate = settings.dataDir().resolve("tls.crt");
        Path key = settings.dataDir().resolve("tls.key");
        if (!Files.exists(key) || !isValid(certificate, now)) {
            Files.createDirectories(settings.dataDir());
            make(certificate, key, now);
        }
        return options(certificate, key);
    }

    private static PemKeyCertOptions options(Path certificate, Path key) {
        return new PemKeyCertOptions()
                .addCertPath(certificate.toAbsolutePath().toString())
                .addKeyPath(key.toAbsolutePath().toString());
    }

    private static Path readable(String setting, String file) {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            throw new SettingsException(setting + " is " + file + ": it cannot be read");
        }
        return path;
    }

    private static boolean isValid(Path file, Instant now) {
        if (!Files.exists(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(in);
            return certificate.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE));
        } catch (IOException | GeneralSecurityException unreadable) {
            return false;
        }
    }

    private static void make(Path certificateFile, Path keyFile, Instant now)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Strowger self-signed");
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(120, new SecureRandom()),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(VALID)),
                        name,
                        pair.getPublic());
        try {
            builder.addExtension(Extension.subjectAlternativeName, false, names());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            X509Certificate certificate =
                    new JcaX509CertificateConverter()
                            .getCertificate(
                                    builder.build(
                                            new JcaContentSignerBuilder("SHA256withRSA")
                                                    .build(pair.getPrivate())));
            write(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            write(certificateFile, pem("CERTIFICATE", certificate.getEncoded()));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign the certificate", e);
        }
    }

    private static GeneralNames names() {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        try {
            names.add(
                    new GeneralName(GeneralName.dNSName, InetAddress.getLocalHost().getHostName()));
        } catch (UnknownHostException nameless) {
            return new GeneralNames(names.toArray(new GeneralName[0]));
        }
        return new GeneralNames(names.toArray(new GeneralName[0]));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END "
                + label
                + "-----\n";
    }

    /// Only the owner may read it: one of the two files is a key.
    private static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
