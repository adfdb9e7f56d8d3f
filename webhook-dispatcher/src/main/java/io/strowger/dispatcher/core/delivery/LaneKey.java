package io.strowger.dispatcher.core.delivery;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.ServerCallId;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What order is kept for: the events of one connection to one receiver URI.
///
/// @param connection null: who is not in the call
public record LaneKey(ServerCallId call, @Nullable CallConnectionId connection, URI uri) {
    public static LaneKey of(EventRecord event) {
        return new LaneKey(event.call(), event.connection(), event.callbackUri());
    }

    /// The server behind the URI, `host:port`: what is slow or dead as a whole.
    public String server() {
        return server(uri);
    }

    public static String server(URI uri) {
        String host = uri.getHost();
        if (host == null) {
            return uri.toString();
        }
        int port = uri.getPort();
        if (port < 0) {
            port = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        }
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }
}
