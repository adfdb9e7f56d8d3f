package io.strowger.standalone.chaos;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.tls.TlsCertificate;
import io.strowger.runtime.tls.TlsContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.net.ssl.SSLContext;

/// Certificates, made by themselves, with which phones and platform trust each other.
///
/// @param trustFile the phones' certificate, for the platform
/// @param phones trust the platform's
record Keys(Path trustFile, SSLContext phones) {
    /// Makes what is missing.
    ///
    /// @param dataDirectory of the services, which find their certificate there
    static Keys load(Path directory, Path dataDirectory) throws IOException {
        try {
            TlsCertificate phones = certificate(new TlsCertificate.Place(directory, "phones", ""));
            TlsCertificate platform =
                    certificate(new TlsCertificate.Place(dataDirectory, "sip-tls", "127.0.0.1"));
            return new Keys(
                    directory.resolve("phones.crt"),
                    TlsContexts.of(phones, platform.certificatePem()));
        } catch (GeneralSecurityException e) {
            throw new IOException("certificates for SIP over TLS: " + e.getMessage(), e);
        }
    }

    private static TlsCertificate certificate(TlsCertificate.Place place)
            throws IOException, GeneralSecurityException {
        return TlsCertificate.load(new Settings.Tls(0, "", ""), place.name(), place, Instant.now());
    }
}
