package io.strowger.worker.shell.recognizer;

import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.net.OutsideAddresses;
import io.strowger.runtime.settings.RecognizerSettings;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.worker.core.speech.SpeechRecognizer;
import io.strowger.worker.shell.socket.OutsideSockets;
import io.vertx.core.Context;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The recogniser that the settings name, on a few event loops of its own: a connection for each
/// listening, so that one that is slow holds up no other. Its address is the operator's, who may
/// well have it on a private network; it is looked up for each connection and connected to as
/// found. Started and closed once.
public final class RecognizerService implements SpeechRecognizer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecognizerService.class);
    private static final int MOST_LOOPS = 4;
    private static final int MOST_FRAME_BYTES = 64 << 10;
    private static final int MOST_MESSAGE_BYTES = 256 << 10;
    private final OutsideSockets sockets;
    private final RecognizerSettings settings;
    private final OutsideAddresses addresses = new OutsideAddresses(true, "media.recognizer.url");
    private final RecognizerMeters meters;
    private final RecognizerTimings timings;
    private final AtomicInteger running = new AtomicInteger();

    private RecognizerService(ServiceContext context, RecognizerTimings timings)
            throws InterruptedException, ExecutionException {
        this.settings = context.settings().media().recognizer();
        this.timings = timings;
        this.meters = new RecognizerMeters(context.telemetry());
        context.telemetry().gauge(Telemetry.SPEECH_SESSIONS, running::get);
        this.sockets =
                OutsideSockets.start(
                        new OutsideSockets.Limits(
                                MOST_LOOPS,
                                timings.connect(),
                                MOST_FRAME_BYTES,
                                MOST_MESSAGE_BYTES),
                        context.settings().media());
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
        return new RecognizerService(context, timings);
    }

    @Override
    public Session open(Request request, Listener listener) {
        Context loop = sockets.nextLoop();
        running.incrementAndGet();
        RecognizerSession session =
                new RecognizerSession(
                        request,
                        listener,
                        new RecognizerSession.Ports(
                                loop, sockets.client(), settings, addresses, meters, timings),
                        running::decrementAndGet);
        loop.runOnContext(unused -> session.begin());
        return session;
    }

    /// Waits for the recogniser to let go of its connections, but not for long.
    @Override
    public void close() throws InterruptedException, ExecutionException {
        if (!sockets.close()) {
            LOG.atInfo().log("the speech recogniser does not let go of a connection, and is left");
        }
    }
}
