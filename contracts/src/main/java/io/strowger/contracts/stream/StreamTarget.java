package io.strowger.contracts.stream;

import java.net.URI;
import java.util.Locale;

/// Where something of a call goes on a WebSocket, and in which form.
public sealed interface StreamTarget permits StreamSpec, TranscriptionSpec {
    /// ws or wss, with a host; what it holds beside is the application's own and may be secret.
    URI url();

    /// Whether it must be known who says what.
    boolean tellsVoicesApart();

    /// @throws IllegalArgumentException the URL is none that can be connected to
    static void requireWebSocket(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("ws") && !scheme.equals("wss") || url.getHost() == null) {
            throw new IllegalArgumentException("a stream goes to a ws or wss URL");
        }
    }
}
