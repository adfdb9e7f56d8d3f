package io.strowger.standalone.command;

import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.phone.PhoneSettings;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.tls.TlsCertificate;
import io.strowger.runtime.tls.TlsContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How the built-in phone signals, and whether its media is protected.
final class PhoneSecurity {
    @Option(
            names = "--transport",
            paramLabel = "udp|tcp|tls",
            description = "how it signals (default ${DEFAULT-VALUE})",
            defaultValue = "udp")
    private String transport = "udp";

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "PEM of whom it trusts over TLS (default: the platform's own certificate in"
                            + " dataDir, else the JDK's)")
    private @Nullable Path trust;

    @Option(
            names = "--srtp",
            paramLabel = "off|prefer|require",
            description = "whether its media is protected (default ${DEFAULT-VALUE})",
            defaultValue = "off")
    private String srtp = "off";

    PhoneSettings apply(PhoneSettings phone, Settings settings) throws IOException {
        PhoneSettings over =
                switch (transport) {
                    case "udp" -> phone;
                    case "tcp" -> phone.withTcp();
                    case "tls" -> phone.withTls(tls(phone.host(), settings));
                    default ->
                            throw new SettingsException(
                                    "--transport " + transport + ": there are udp, tcp and tls");
                };
        return switch (srtp) {
            case "off", "prefer", "require" ->
                    over.withSrtp(SrtpPolicy.valueOf(srtp.toUpperCase(Locale.ROOT)));
            default ->
                    throw new SettingsException(
                            "--srtp " + srtp + ": there are off, prefer and require");
        };
    }

    /// Where the platform of these settings takes REGISTERs from such a phone.
    int port(Settings.Sip sip) {
        return transport.equals("tls") ? sip.tls().port() : sip.port();
    }

    private SSLContext tls(String host, Settings settings) throws IOException {
        try {
            TlsCertificate own =
                    TlsCertificate.load(
                            new Settings.Tls(0, "", ""),
                            "--transport tls",
                            new TlsCertificate.Place(settings.dataDir(), "phone", host),
                            InstantSource.system().instant());
            return TlsContexts.of(own, "--trust", trusted(settings));
        } catch (GeneralSecurityException e) {
            throw new SettingsException("--transport tls: no certificate: " + e.getMessage());
        }
    }

    private String trusted(Settings settings) {
        Path platform = settings.dataDir().resolve("sip-tls.crt");
        if (trust != null) {
            return trust.toString();
        }
        return Files.exists(platform) ? platform.toString() : "";
    }
}
