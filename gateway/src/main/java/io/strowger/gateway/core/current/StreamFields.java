package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Refusal;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What options of all streams have. Words count in letters of either case: the SDKs differ.
final class StreamFields {
    private static final Set<String> SCHEMES = Set.of("ws", "wss");

    private StreamFields() {}

    /// The options of a request that brings an application into a call.
    ///
    /// @return null: there are none, or the version does not know them
    static @Nullable Fields options(ApiVersion version, Fields body, String name) throws Refusal {
        if (!version.isAtLeast(ApiVersion.V2025_05_15)) {
            return null;
        }
        Fields options = body.object(name);
        if (options != null && !"websocket".equals(word(options, "transportType"))) {
            throw options.invalid("transportType", "must be websocket");
        }
        return options;
    }

    /// `transportUrl`.
    static URI url(Fields options) throws Refusal {
        options.requiredText("transportUrl");
        URI url = options.uri("transportUrl", SCHEMES);
        if (url == null) {
            throw options.invalid("transportUrl", "is required");
        }
        return url;
    }

    /// In small letters.
    static @Nullable String word(Fields options, String name) throws Refusal {
        String text = options.text(name);
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
