package io.strowger.worker;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.Digest.Credentials;
import io.strowger.worker.core.sip.SipUri;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
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
        return settings.trunks().stream().map(TrunkSettings::trunk).toList();
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
                asserts);
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

    /// Addresses that the trunks speak from: those allowed, and the ones their URIs name.
    static List<String> addresses(List<Trunk> trunks) {
        List<String> addresses = new ArrayList<>();
        for (Trunk trunk : trunks) {
            trunk.allowedAddresses().forEach(allowed -> addresses.add(withoutPort(allowed)));
            try {
                for (InetAddress address : InetAddress.getAllByName(trunk.uri().host())) {
                    addresses.add(address.getHostAddress());
                }
            } catch (UnknownHostException e) {
                LOG.atWarn()
                        .addKeyValue("trunk", trunk.name())
                        .setCause(e)
                        .log("the trunk's host name has no address now");
            }
        }
        return addresses;
    }

    private static String withoutPort(String allowed) {
        return allowed.matches("[0-9.]+:[0-9]+")
                ? allowed.substring(0, allowed.indexOf(':'))
                : allowed;
    }
}
