package io.strowger.worker;

import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.Digest.Credentials;
import io.strowger.worker.core.sip.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads trunks from settings.
final class TrunkSettings {
    private static final Logger LOG = LoggerFactory.getLogger(TrunkSettings.class);
    private static final String ASSERTS_IDENTITY = "x-assert-identity";

    private TrunkSettings() {}

    static List<Trunk> trunks(Settings settings) {
        List<Trunk> trunks = settings.trunks().stream().map(TrunkSettings::trunk).toList();
        trunks.forEach(trunk -> check(trunk, settings.sip()));
        return trunks;
    }

    /// A policy by its word in settings.
    static SrtpPolicy srtp(String word) {
        return SrtpPolicy.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static void check(Trunk trunk, Settings.Sip sip) {
        String transport = trunk.uri().transport();
        String fault =
                switch (transport) {
                    case "udp" -> "";
                    case "tcp" -> sip.tcp() ? "" : "is reached over TCP, but sip.tcp is off";
                    case "tls" ->
                            sip.tls().enabled()
                                    ? ""
                                    : "is reached over TLS, but sip.tls.port is not set";
                    default -> "has an unknown transport; there are udp, tcp and tls";
                };
        if (!fault.isEmpty()) {
            throw new SettingsException("trunks: " + trunk.name() + " " + fault);
        }
        if (trunk.srtp() != SrtpPolicy.OFF && !transport.equals("tls")) {
            LOG.atWarn()
                    .addKeyValue("trunk", trunk.name())
                    .addKeyValue("transport", transport)
                    .log("keys of SRTP go to this trunk in clear text, as SIP is not over TLS");
        }
    }

    private static Trunk trunk(Settings.Trunk set) {
        SipUri uri =
                SipUri.parse(set.uri())
                        .orElseThrow(() ->
                                new SettingsException(
                                        "trunks: " + set.name() + " has no usable SIP URI"));
        boolean asserts = uri.parameters().contains(ASSERTS_IDENTITY);
        return new Trunk(
                        set.name(),
                        asserts ? withoutMark(uri) : uri,
                        Objects.requireNonNull(set.prefixes()),
                        Objects.requireNonNull(set.allowedAddresses()),
                        credentials(set),
                        Objects.requireNonNull(set.maxCallsPerSecond()),
                        Objects.requireNonNull(set.maxChannels()),
                        asserts)
                .withSrtp(srtp(Objects.requireNonNull(set.srtp())));
    }

    private static SipUri withoutMark(SipUri uri) {
        List<String> kept = new ArrayList<>(List.of(uri.parameters().split(";")));
        kept.removeIf(parameter -> parameter.startsWith(ASSERTS_IDENTITY));
        return new SipUri(uri.user(), uri.host(), uri.port(), String.join(";", kept));
    }

    private static @Nullable Credentials credentials(Settings.Trunk set) {
        return set.username() == null || set.username().isEmpty()
                ? null
                : new Credentials(
                        set.username(), set.password() == null ? "" : set.password().reveal());
    }
}
