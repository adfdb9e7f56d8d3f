package io.strowger.worker.shell.recognizer;

import io.strowger.runtime.settings.RecognizerSettings;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
        URI url = URI.create(settings.url());
        boolean secure = "wss".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(url.getHost())
                .setPort(port)
                .setSsl(secure)
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)));
        if (!settings.token().isEmpty()) {
            options.addHeader("Authorization", "Bearer " + settings.token().reveal());
        }
        options.setTimeout(patience.toMillis());
        return options;
    }
}
