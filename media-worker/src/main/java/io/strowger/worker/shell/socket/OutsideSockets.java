package io.strowger.worker.shell.socket;

import io.strowger.runtime.lifecycle.EventLoops;
import io.strowger.runtime.settings.MediaSettings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.tls.TlsContexts;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.X509TrustManager;

/// WebSocket connections to servers of others, spread over a few event loops of their own: one that
/// is slow holds up no other, and no media thread. Started and closed once.
public final class OutsideSockets {
    private static final int MOST_CONNECTIONS = 100_000;

    /// A second or two of audio beside what the kernel holds: more would be stale.
    private static final int SEND_BUFFER_BYTES = 64 << 10;

    private static final long CLOSE_TIMEOUT_S = 2;
    private final Vertx vertx;
    private final WebSocketClient client;
    private final List<Context> loops = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /// @param loops at most so many event loops, and no more than processors
    /// @param connect for a TCP connection
    /// @param mostFrameBytes of a frame that comes in
    /// @param mostMessageBytes of a message that comes in
    public record Limits(int loops, Duration connect, int mostFrameBytes, int mostMessageBytes) {}

    private OutsideSockets(Limits limits, X509TrustManager trust, int loopCount) {
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loopCount));
        this.client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setTrustOptions(TrustOptions.wrap(trust))
                                .setConnectTimeout((int) limits.connect().toMillis())
                                .setMaxConnections(MOST_CONNECTIONS)
                                .setMaxFrameSize(limits.mostFrameBytes())
                                .setMaxMessageSize(limits.mostMessageBytes())
                                .setSendBufferSize(SEND_BUFFER_BYTES));
    }

    /// @param settings say who vouches for wss: servers
    /// @throws SettingsException when that file is of no use
    public static OutsideSockets start(Limits limits, MediaSettings settings)
            throws InterruptedException, ExecutionException {
        X509TrustManager trust = TlsContexts.trust("media.tls", settings.tls());
        int count = Math.min(limits.loops(), Runtime.getRuntime().availableProcessors());
        OutsideSockets sockets = new OutsideSockets(limits, trust, count);
        for (int i = 0; i < count; i++) {
            sockets.loops.add(EventLoops.lasting(sockets.vertx));
        }
        return sockets;
    }

    /// The event loop of the next connection; one after the other. For any thread.
    public Context nextLoop() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    public WebSocketClient client() {
        return client;
    }

    /// How a server is asked for a connection (RFC 6455 4.1).
    ///
    /// @param url ws or wss, with a host
    /// @param address of that host, to be connected to and no other
    /// @param patience for the answer
    public static WebSocketConnectOptions options(URI url, InetAddress address, Duration patience) {
        boolean secure = "wss".equals(url.getScheme().toLowerCase(Locale.ROOT));
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        String path =
                url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(url.getHost())
                .setPort(port)
                .setSsl(secure)
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)));
        options.setTimeout(patience.toMillis());
        return options;
    }

    /// Waits for servers to let go of their connections, but not for long.
    ///
    /// @return whether all did
    public boolean close() throws InterruptedException, ExecutionException {
        try {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
