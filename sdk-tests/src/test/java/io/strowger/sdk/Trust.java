package io.strowger.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/// Makes applications trust the platform's own certificate, the way their languages want it.
final class Trust {
    static final String PASSWORD = "changeit";

    private Trust() {}

    /// For `NODE_EXTRA_CA_CERTS`.
    static Path certificate(Path dataFolder) {
        return dataFolder.resolve("tls.crt");
    }

    /// For `javax.net.ssl.trustStore`.
    static Path store(Path dataFolder) throws IOException, GeneralSecurityException {
        Path file = dataFolder.resolve("trust.p12");
        if (Files.exists(file)) {
            return file;
        }
        Certificate certificate;
        try (var in = Files.newInputStream(certificate(dataFolder))) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("strowger", certificate);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
