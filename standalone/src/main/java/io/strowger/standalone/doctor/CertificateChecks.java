package io.strowger.standalone.doctor;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.tls.TlsCertificate;
import io.strowger.runtime.tls.TlsContexts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Certificates that are set: whether they can be used, and for how long still.
final class CertificateChecks {
    private static final Duration SOON = Duration.ofDays(14);

    private CertificateChecks() {}

    static List<Finding> look(Settings settings, Instant now) {
        List<Finding> found = new ArrayList<>();
        add(found, "http.tls", settings.http().tls(), now);
        add(found, "sip.tls", settings.sip().tls().certificate(), now);
        return found;
    }

    private static void add(List<Finding> found, String key, Settings.Tls tls, Instant now) {
        if (tls.enabled() && !tls.certificateFile().isEmpty()) {
            found.add(set(key, tls, now));
        }
    }

    private static Finding set(String key, Settings.Tls tls, Instant now) {
        String what = key + ".certificateFile";
        String mend = "mend " + key + ".certificateFile and " + key + ".keyFile";
        try {
            TlsCertificate read =
                    TlsCertificate.load(
                            tls, key, new TlsCertificate.Place(Path.of(""), "", ""), now);
            TlsContexts.of(read, key, "");
            Instant end = first(read.certificatePem()).getNotAfter().toInstant();
            if (end.isBefore(now)) {
                return Finding.fail(what, "expired at " + end, mend);
            }
            return end.isBefore(now.plus(SOON))
                    ? Finding.warn(what, "expires at " + end, "renew it, and start again")
                    : Finding.ok(what, "good until " + end);
        } catch (SettingsException e) {
            return Finding.fail(what, String.valueOf(e.getMessage()), mend);
        } catch (IOException | GeneralSecurityException e) {
            return Finding.fail(what, "is of no use: " + e.getMessage(), mend);
        }
    }

    private static X509Certificate first(String pem) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
