package io.strowger.worker.shell.recognizer;

import io.strowger.contracts.media.SpeechFailure;
import io.strowger.runtime.net.OutsideAddresses;
import io.strowger.runtime.net.RefusedAddressException;
import io.strowger.runtime.settings.RecognizerSettings;
import io.strowger.worker.core.rtp.Frame;
import io.strowger.worker.core.speech.FrameRing;
import io.strowger.worker.core.speech.SpeechRecognizer.Failure;
import io.strowger.worker.core.speech.SpeechRecognizer.Listener;
import io.strowger.worker.core.speech.SpeechRecognizer.Request;
import io.strowger.worker.core.speech.SpeechRecognizer.Session;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// One listening over a connection of its own, from the first attempt to connect to its end. Every
/// 20 ms it looks what its call has handed over and sends it. All but the methods of [Session] is
/// used on one event loop.
final class RecognizerSession implements Session {
    private static final long LOOK_MS = 20;
    private static final short NORMAL = 1000;
    private static final short GOING_AWAY = 1001;
    private static final int WRITE_QUEUE_BYTES = 64 << 10;
    private final Request request;
    private final Listener listener;
    private final Ports ports;
    private final Runnable gone;
    private final FrameRing ring = new FrameRing();
    private final ToRecognizer frames = new ToRecognizer();
    private final short[] frame = new short[Frame.SAMPLES];
    private volatile boolean finishing;
    private volatile boolean closed;
    private @Nullable WebSocket socket;
    private long timer;
    private int failures;
    private boolean endSent;
    private long endSentAtNs;
    private long heardAtNs;
    private long pingedAtNs;
    private long lostBefore;
    private boolean over;

    /// What a listening acts on.
    record Ports(
            Context loop,
            WebSocketClient client,
            RecognizerSettings settings,
            OutsideAddresses addresses,
            RecognizerMeters meters,
            RecognizerTimings timings) {}

    /// @param gone run once when it is over
    RecognizerSession(Request request, Listener listener, Ports ports, Runnable gone) {
        this.request = request;
        this.listener = listener;
        this.ports = ports;
        this.gone = gone;
    }

    @Override
    public boolean audio(short[] samples) {
        return ring.put(samples);
    }

    @Override
    public void finish() {
        finishing = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    void begin() {
        timer = ports.loop.owner().setPeriodic(LOOK_MS, unused -> look());
        attempt();
    }

    /// Names are looked up beside the event loop.
    private void attempt() {
        String host = Handshake.host(ports.settings);
        Thread.ofVirtual()
                .name("recognizer-connect")
                .start(() -> {
                    try {
                        InetAddress address =
                                ports.addresses.find(host, ports.timings.connect()).getFirst();
                        ports.loop.runOnContext(unused -> connect(address));
                    } catch (RefusedAddressException | UnknownHostException | RuntimeException e) {
                        ports.loop.runOnContext(unused -> failed(Refused.of(e)));
                    }
                });
    }

    private void connect(InetAddress address) {
        if (over) {
            return;
        }
        ClientWebSocket opening = ports.client.webSocket();
        opening.textMessageHandler(this::received);
        opening.binaryMessageHandler(unused -> unreadable());
        opening.pongHandler(unused -> heardAtNs = System.nanoTime());
        opening.connect(Handshake.options(ports.settings, address, ports.timings.connect()))
                .onSuccess(this::connected)
                .onFailure(cause -> failed(Refused.of(cause)));
    }

    private void connected(WebSocket opened) {
        opened.closeHandler(unused -> closed(opened));
        opened.exceptionHandler(unused -> {
            var _ = opened.close(GOING_AWAY); // broken: the close tells who waits for it
        });
        if (over) {
            var _ = opened.close(NORMAL);
            return;
        }
        socket = opened;
        opened.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        heardAtNs = System.nanoTime();
        pingedAtNs = heardAtNs;
        ports.meters.made.increment();
        var _ = opened.writeTextMessage(ToRecognizer.start(request));
        look();
    }

    private void closed(WebSocket which) {
        if (socket != which || over) {
            return;
        }
        socket = null;
        Short status = which.closeStatusCode();
        if (status != null && status == NORMAL) {
            ended();
        } else {
            ports.meters.broken.increment();
            fail(SpeechFailure.INTERRUPTED, "the connection to it broke");
        }
    }

    private void failed(Refused refused) {
        if (over) {
            return;
        }
        ports.meters.failed.increment();
        if (!refused.again() || failures >= ports.timings.pauses().size()) {
            end();
            tell(() -> listener.failed(refused.failure()));
            return;
        }
        long pauseMs = ports.timings.pauses().get(failures++).toMillis();
        ports.loop
                .owner()
                .setTimer(
                        pauseMs,
                        unused -> {
                            if (!over) {
                                attempt();
                            }
                        });
    }

    private void look() {
        if (over) {
            return;
        }
        long lost = ring.lost();
        ports.meters.lost.increment(lost - lostBefore);
        lostBefore = lost;
        if (closed) {
            end();
            return;
        }
        WebSocket open = socket;
        if (open != null && !open.isClosed()) { // its end is on the way
            send(open);
            watch(open);
        }
    }

    private void send(WebSocket open) {
        boolean last = finishing;
        while (!open.writeQueueFull() && ring.take(frame)) {
            ports.meters.sent.increment();
            var _ = open.writeBinaryMessage(frames.audio(frame));
        }
        if (last && !endSent && ring.isEmpty()) {
            endSent = true;
            endSentAtNs = System.nanoTime();
            var _ = open.writeTextMessage(ToRecognizer.END);
        }
    }

    /// Whether the recogniser is still there.
    private void watch(WebSocket open) {
        long nowNs = System.nanoTime();
        long patienceNs = ports.timings.ping().toNanos();
        if (endSent && nowNs - endSentAtNs > ports.timings.answer().toNanos()) {
            fail(SpeechFailure.TIMEOUT, "it did not say in time what it had heard");
        } else if (nowNs - heardAtNs > 2 * patienceNs) {
            ports.meters.broken.increment();
            fail(SpeechFailure.INTERRUPTED, "it went silent");
        } else if (nowNs - pingedAtNs > patienceNs) {
            pingedAtNs = nowNs;
            var _ = open.writePing(Buffer.buffer());
        }
    }

    private void received(String text) {
        if (over) {
            return;
        }
        heardAtNs = System.nanoTime();
        switch (Said.read(text)) {
            case Said.Partial(var words, var offset) -> {
                ports.meters.partials.increment();
                if (!words.isBlank()) {
                    tell(() -> listener.partial(words, offset));
                }
            }
            case Said.Final(var result) -> {
                ports.meters.results.increment();
                tell(() -> listener.result(result));
            }
            case Said.Error(var failure) -> {
                ports.meters.errors.increment();
                fail(failure);
            }
            case Said.Ended _ -> ended();
            case Said.Unknown _ -> ports.meters.unreadable.increment();
            case Said.Unreadable _ -> unreadable();
        }
    }

    private void unreadable() {
        ports.meters.unreadable.increment();
        fail(SpeechFailure.FAILED, "it sent what is no frame of its protocol");
    }

    private void fail(SpeechFailure reason, String detail) {
        fail(new Failure(reason, detail));
    }

    private void fail(Failure failure) {
        if (!over) {
            end();
            tell(() -> listener.failed(failure));
        }
    }

    private void ended() {
        if (!over) {
            end();
            tell(listener::ended);
        }
    }

    private void tell(Runnable what) {
        if (!closed) {
            what.run();
        }
    }

    private void end() {
        over = true;
        ports.loop.owner().cancelTimer(timer);
        WebSocket open = socket;
        if (open != null) {
            socket = null;
            var _ = open.close(NORMAL);
        }
        gone.run();
    }
}
