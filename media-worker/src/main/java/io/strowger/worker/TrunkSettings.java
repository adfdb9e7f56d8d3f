package io.strowger.worker;

import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.Digest.Credentials;
import io.strowger.worker.core.sip.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads trunks from settings.
final class TrunkSettings {
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
}
