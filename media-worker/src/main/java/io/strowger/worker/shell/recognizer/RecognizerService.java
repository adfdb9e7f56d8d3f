package io.strowger.worker.shell.recognizer;

import io.strowger.runtime.lifecycle.EventLoops;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.net.OutsideAddresses;
import io.strowger.runtime.settings.RecognizerSettings;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.worker.core.speech.SpeechRecognizer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The recogniser that the settings name, on a few event loops of its own: a connection for each
/// listening, so that one that is slow holds up no other. Its address is the operator's, who may
/// well have it on a private network; it is looked up for each connection and connected to as
/// found. Started and closed once.
public final class RecognizerService implements SpeechRecognizer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecognizerService.class);
    private static final int LOOPS = Math.min(4, Runtime.getRuntime().availableProcessors());
    private static final int MOST_CONNECTIONS = 100_000;

    /// Two seconds of audio beside what the kernel holds: more would be stale.
    private static final int SEND_BUFFER_BYTES = 64 << 10;

    private static final int MOST_FRAME_BYTES = 64 << 10;
    private static final int MOST_MESSAGE_BYTES = 256 << 10;
    private static final long CLOSE_TIMEOUT_S = 2;
    private final Vertx vertx;
    private final WebSocketClient client;
    private final RecognizerSettings settings;
    private final OutsideAddresses addresses = new OutsideAddresses(true, "media.recognizer.url");
    private final RecognizerMeters meters;
    private final RecognizerTimings timings;
    private final List<Context> loops = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();

    private RecognizerService(ServiceContext context, RecognizerTimings timings) {
        this.settings = context.settings().media().recognizer();
        this.timings = timings;
        this.meters = new RecognizerMeters(context.telemetry());
        context.telemetry().gauge(Telemetry.SPEECH_SESSIONS, running::get);
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
        this.client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setConnectTimeout((int) timings.connect().toMillis())
                                .setMaxConnections(MOST_CONNECTIONS)
                                .setMaxFrameSize(MOST_FRAME_BYTES)
                                .setMaxMessageSize(MOST_MESSAGE_BYTES)
                                .setSendBufferSize(SEND_BUFFER_BYTES));
    }

    /// @return empty: the settings name none
    public static Optional<RecognizerService> start(ServiceContext context)
            throws InterruptedException, ExecutionException {
        return context.settings().media().recognizer().isSetUp()
                ? Optional.of(start(context, RecognizerTimings.standard()))
                : Optional.empty();
    }

    static RecognizerService start(ServiceContext context, RecognizerTimings timings)
            throws InterruptedException, ExecutionException {
        RecognizerService service = new RecognizerService(context, timings);
        for (int i = 0; i < LOOPS; i++) {
            service.loops.add(EventLoops.lasting(service.vertx));
        }
        return service;
    }

    @Override
    public Session open(Request request, Listener listener) {
        Context loop = loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
        running.incrementAndGet();
        RecognizerSession session =
                new RecognizerSession(
                        request,
                        listener,
                        new RecognizerSession.Ports(
                                loop, client, settings, addresses, meters, timings),
                        running::decrementAndGet);
        loop.runOnContext(unused -> session.begin());
        return session;
    }

    /// Waits for the recogniser to let go of its connections, but not for long.
    @Override
    public void close() throws InterruptedException, ExecutionException {
        try {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.atInfo().log("the speech recogniser does not let go of a connection, and is left");
        }
    }
}
