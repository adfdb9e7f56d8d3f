package io.strowger.worker.shell.stream;

import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.StreamOutcome;
import io.strowger.runtime.net.OutsideAddresses;
import io.strowger.runtime.net.RefusedAddressException;
import io.strowger.worker.core.stream.StreamLine;
import io.strowger.worker.core.stream.StreamRequest;
import io.strowger.worker.shell.socket.OutsideSockets;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One stream, from its first attempt to connect to its end. Every 20 ms it looks what its call has
/// handed over and has it sent. A connection that breaks is made again. Used on one event loop.
final class StreamConnection {
    private static final long LOOK_MS = 20;
    private static final short NORMAL = 1000;
    private static final short GOING_AWAY = 1001;
    private static final short TOO_LARGE = 1009;

    private static final int WRITE_QUEUE_BYTES = 64 << 10;
    private final StreamRequest stream;
    private final URI url;
    private final StreamLine line;
    private final StreamContent content;
    private final Ports ports;
    private final Consumer<MediaEvent> told;
    private final Runnable gone;
    private @Nullable WebSocket socket;
    private long timer;
    private int failures;
    private int connections;
    private long connectedAtNs;
    private long heardAtNs;
    private long pingedAtNs;
    private long lostBefore;
    private boolean over;

    /// What a connection acts on.
    ///
    /// @param tokens may take a millisecond
    record Ports(
            Context loop,
            WebSocketClient client,
            Supplier<String> tokens,
            OutsideAddresses addresses,
            StreamMeters meters,
            StreamTimings timings) {}

    /// What goes over it.
    record Carried(StreamLine line, StreamContent content) {}

    /// @param told hears what becomes of the stream
    /// @param gone run once when it is over
    StreamConnection(
            StreamRequest stream,
            Carried carried,
            Ports ports,
            Consumer<MediaEvent> told,
            Runnable gone) {
        this.stream = stream;
        this.url = stream.target().url();
        this.line = carried.line();
        this.content = carried.content();
        this.ports = ports;
        this.told = told;
        this.gone = gone;
    }

    void begin() {
        timer = ports.loop.owner().setPeriodic(LOOK_MS, unused -> look());
        attempt();
    }

    /// Names are looked up and tokens signed beside the event loop.
    private void attempt() {
        Thread.ofVirtual()
                .name("stream-connect")
                .start(() -> {
                    try {
                        InetAddress address =
                                ports.addresses
                                        .find(url.getHost(), ports.timings.connect())
                                        .getFirst();
                        String token = ports.tokens.get();
                        ports.loop.runOnContext(unused -> connect(address, token));
                    } catch (RefusedAddressException | UnknownHostException | RuntimeException e) {
                        ports.loop.runOnContext(unused -> failed(Failure.of(e)));
                    }
                });
    }

    private void connect(InetAddress address, String token) {
        if (over) {
            return;
        }
        ClientWebSocket opening = ports.client.webSocket();
        opening.textMessageHandler(this::received);
        opening.binaryMessageHandler(unused -> ports.meters.unreadable.increment());
        opening.pongHandler(unused -> heardAtNs = System.nanoTime());
        opening.connect(options(address, token))
                .onSuccess(this::connected)
                .onFailure(cause -> failed(Failure.of(cause)));
    }

    private WebSocketConnectOptions options(InetAddress address, String token) {
        WebSocketConnectOptions options =
                OutsideSockets.options(url, address, ports.timings.connect());
        options.addHeader("Authorization", "Bearer " + token)
                .addHeader("x-ms-call-connection-id", stream.connection().toString())
                .addHeader("x-ms-call-correlation-id", stream.correlationId().toString());
        return options;
    }

    private void connected(WebSocket opened) {
        opened.closeHandler(unused -> closed(opened));
        opened.exceptionHandler(unused -> {
            var _ = opened.close(TOO_LARGE); // or broken, and the close says nothing to anybody
        });
        if (over) {
            var _ = opened.close(NORMAL);
            return;
        }
        socket = opened;
        opened.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        connections++;
        connectedAtNs = System.nanoTime();
        heardAtNs = connectedAtNs;
        pingedAtNs = connectedAtNs;
        ports.meters.made.increment();
        content.connected();
        var _ = opened.writeTextMessage(content.metadata());
        told.accept(new MediaEvent.StreamConnected(stream.stream(), connections));
    }

    private void closed(WebSocket which) {
        if (socket != which || over) {
            return;
        }
        socket = null;
        Short status = which.closeStatusCode();
        if (status != null && status == NORMAL) {
            end(StreamOutcome.CLOSED_BY_PEER, "the application closed the connection");
            return;
        }
        ports.meters.broken.increment();
        if (System.nanoTime() - connectedAtNs >= ports.timings.steady().toNanos()) {
            failures = 0;
        }
        retry(new Failure(StreamOutcome.INTERRUPTED, "the connection broke", true));
    }

    private void failed(Failure failure) {
        if (!over) {
            ports.meters.failed.increment();
            retry(failure);
        }
    }

    private void retry(Failure failure) {
        if (!failure.again() || failures >= ports.timings.pauses().size()) {
            boolean interrupted = connections > 0 && failure.again();
            end(interrupted ? StreamOutcome.INTERRUPTED : failure.outcome(), failure.detail());
            return;
        }
        Duration pause = ports.timings.pauses().get(failures);
        failures++;
        ports.loop
                .owner()
                .setTimer(
                        pause.toMillis(),
                        unused -> {
                            if (!over) {
                                attempt();
                            }
                        });
    }

    private void look() {
        long lost = line.ring().lost();
        ports.meters.lost.increment(lost - lostBefore);
        lostBefore = lost;
        boolean last = line.hasEnded();
        WebSocket open = socket;
        content.look(open, last);
        if (open != null) {
            watch(open);
        }
        MediaEvent failure = content.failure();
        if (failure != null) {
            end(failure);
        } else if (last && content.isDone()) {
            end(StreamOutcome.STOPPED, "it was told to end");
        }
    }

    /// Whether the application is still there.
    private void watch(WebSocket open) {
        long nowNs = System.nanoTime();
        long patienceNs = ports.timings.ping().toNanos();
        if (nowNs - heardAtNs > 2 * patienceNs) {
            socket = null;
            var _ = open.close(GOING_AWAY);
            ports.meters.broken.increment();
            retry(new Failure(StreamOutcome.INTERRUPTED, "the application went silent", true));
        } else if (nowNs - pingedAtNs > patienceNs) {
            pingedAtNs = nowNs;
            var _ = open.writePing(Buffer.buffer());
        }
    }

    private void received(String text) {
        heardAtNs = System.nanoTime();
        content.received(text);
    }

    private void end(StreamOutcome outcome, String detail) {
        end(new MediaEvent.StreamEnded(stream.stream(), outcome, detail));
    }

    private void end(MediaEvent how) {
        if (over) {
            return;
        }
        over = true;
        line.abandon();
        ports.loop.owner().cancelTimer(timer);
        content.close();
        WebSocket open = socket;
        if (open != null) {
            var _ = open.close(NORMAL);
        }
        gone.run();
        told.accept(how);
    }
}
