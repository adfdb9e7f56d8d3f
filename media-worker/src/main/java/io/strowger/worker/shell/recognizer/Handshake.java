package io.strowger.worker.shell.recognizer;

import io.strowger.runtime.settings.RecognizerSettings;
import io.strowger.worker.shell.socket.OutsideSockets;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;

/// How a recogniser is asked for a connection (RFC 6455 4.1).
final class Handshake {
    private Handshake() {}

    static String host(RecognizerSettings settings) {
        return URI.create(settings.url()).getHost();
    }

    /// @param address of the host, to be connected to and no other
    /// @param patience for the answer
    static WebSocketConnectOptions options(
            RecognizerSettings settings, InetAddress address, Duration patience) {
        WebSocketConnectOptions options =
                OutsideSockets.options(URI.create(settings.url()), address, patience);
        if (!settings.token().isEmpty()) {
            options.addHeader("Authorization", "Bearer " + settings.token().reveal());
        }
        return options;
    }
}
