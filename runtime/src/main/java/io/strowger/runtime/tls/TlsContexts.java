package io.strowger.runtime.tls;

import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.settings.TrustSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Makes what the JDK's TLS sockets are made of, from PEM.
public final class TlsContexts {
    private static final List<String> KEY_KINDS = List.of("EC", "RSA", "EdDSA");
    private static final char[] NO_PASSWORD = new char[0];

    private TlsContexts() {}

    /// @param own what we show; null: nothing
    /// @param trustedPem certificates of those who vouch for peers; empty: those of the JDK
    /// @throws GeneralSecurityException when one of them makes no sense
    public static SSLContext of(@Nullable TlsCertificate own, String trustedPem)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own == null ? null : shown(own), NO_PASSWORD);
        context.init(keys.getKeyManagers(), new TrustManager[] {trust(trustedPem)}, null);
        return context;
    }

    /// The same, from files that are set.
    ///
    /// @param key of the settings, for messages, e.g. `sip.tls`
    /// @param trustFile empty: those of the JDK
    /// @throws SettingsException when one of them is of no use
    public static SSLContext of(@Nullable TlsCertificate own, String key, String trustFile) {
        String trusted = read(key, trustFile);
        try {
            return of(own, trusted);
        } catch (GeneralSecurityException | IOException e) {
            throw new SettingsException(
                    key + ": certificate, key or trustFile is of no use: " + e.getMessage());
        }
    }

    /// Who vouches for servers that we connect to.
    ///
    /// @param key of the settings, for messages, e.g. `media.tls`
    /// @throws SettingsException when the file is of no use
    public static X509TrustManager trust(String key, TrustSettings settings) {
        String trusted = read(key, settings.trustFile());
        try {
            return trust(trusted);
        } catch (GeneralSecurityException | IOException e) {
            throw new SettingsException(
                    key
                            + ": trustFile "
                            + settings.trustFile()
                            + " is of no use: "
                            + e.getMessage()
                            + "; it must hold certificates in PEM");
        }
    }

    private static String read(String key, String trustFile) {
        try {
            return trustFile.isEmpty() ? "" : Files.readString(Path.of(trustFile));
        } catch (IOException e) {
            throw new SettingsException(
                    key + ": cannot read " + trustFile + ": " + e.getClass().getSimpleName());
        }
    }

    private static X509TrustManager trust(String pem) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(pem.isEmpty() ? null : trusted(pem));
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static KeyStore shown(TlsCertificate own) throws GeneralSecurityException, IOException {
        Certificate[] chain = certificates(own.certificatePem()).toArray(Certificate[]::new);
        KeyStore store = empty();
        store.setKeyEntry("own", key(own.keyPem()), NO_PASSWORD, chain);
        return store;
    }

    private static KeyStore trusted(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("trusted-" + ++number, certificate);
        }
        if (number == 0) {
            throw new GeneralSecurityException("no certificate in it");
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem)
            throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("a key that is no PEM", e);
        }
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (InvalidKeySpecException otherKind) {
                continue;
            }
        }
        throw new InvalidKeySpecException("the key is no PKCS#8 of " + KEY_KINDS);
    }
}
