package io.strowger.worker.shell.stream;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.SpeechFailure;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.TranscriptionSpec;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.net.OutsideAddresses;
import io.strowger.runtime.secrets.PlatformSecrets;
import io.strowger.runtime.secrets.TokenIssuer;
import io.strowger.runtime.secrets.TokenMint;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.speech.SpeechRecognizer;
import io.strowger.worker.core.stream.StreamLine;
import io.strowger.worker.core.stream.StreamOutlet;
import io.strowger.worker.core.stream.StreamRequest;
import io.strowger.worker.shell.socket.OutsideSockets;
import io.vertx.core.Context;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Streams of all calls of this worker, spread over a few event loops of their own: what an
/// application does to its connection reaches no media thread. Started and closed once.
public final class StreamService implements StreamOutlet, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamService.class);
    private static final int MOST_LOOPS = 8;
    private static final int MOST_FRAME_BYTES = 256 << 10;
    private static final int MOST_MESSAGE_BYTES = 1 << 20;
    private final OutsideSockets sockets;
    private final AtomicInteger running = new AtomicInteger();
    private final OutsideAddresses addresses;
    private final TokenMint tokens;
    private final InstantSource clock;
    private final MediaFacts facts;
    private final Optional<SpeechRecognizer> recognizer;
    private final StreamMeters meters;
    private final StreamTimings timings;

    private StreamService(
            ServiceContext context,
            MediaFacts facts,
            Optional<SpeechRecognizer> recognizer,
            StreamTimings timings)
            throws InterruptedException, ExecutionException {
        this.timings = timings;
        this.recognizer = recognizer;
        this.facts = facts;
        this.clock = context.clock();
        this.addresses =
                new OutsideAddresses(
                        context.settings().media().allowPrivateAddresses(),
                        "media.allowPrivateAddresses");
        PlatformSecrets secrets = context.secrets();
        this.tokens =
                new TokenMint(
                        secrets.tokenKey(),
                        secrets.tokenKeyId(),
                        TokenIssuer.of(context.settings().http()),
                        secrets.resourceId(),
                        TokenMint.Life.LONG);
        this.meters = new StreamMeters(context.telemetry());
        context.telemetry().gauge(Telemetry.STREAMS_RUNNING, running::get);
        this.sockets =
                OutsideSockets.start(
                        new OutsideSockets.Limits(
                                MOST_LOOPS,
                                timings.connect(),
                                MOST_FRAME_BYTES,
                                MOST_MESSAGE_BYTES),
                        context.settings().media());
    }

    /// @param facts is told what becomes of streams, on their event loops; that words cannot be had
    ///   at once, in [#open]
    /// @param recognizer of speech; empty: none is set up
    public static StreamService start(
            ServiceContext context, MediaFacts facts, Optional<SpeechRecognizer> recognizer)
            throws InterruptedException, ExecutionException {
        return start(context, facts, recognizer, StreamTimings.standard());
    }

    static StreamService start(
            ServiceContext context,
            MediaFacts facts,
            Optional<SpeechRecognizer> recognizer,
            StreamTimings timings)
            throws InterruptedException, ExecutionException {
        return new StreamService(context, facts, recognizer, timings);
    }

    @Override
    public StreamLine open(ServerCallId call, StreamRequest stream) {
        StreamLine line = StreamLine.of(stream.target());
        Consumer<MediaEvent> told = event -> facts.happened(call, event);
        Context loop = sockets.nextLoop();
        StreamContent content = content(call, stream, line, loop);
        if (content == null) {
            line.abandon();
            told.accept(
                    new MediaEvent.TranscriptionFailed(
                            stream.stream(),
                            SpeechFailure.NOT_CONFIGURED,
                            "no recogniser is set up (media.recognizer.url)"));
            return line;
        }
        running.incrementAndGet();
        StreamConnection connection =
                new StreamConnection(
                        stream,
                        new StreamConnection.Carried(line, content),
                        new StreamConnection.Ports(
                                loop, sockets.client(), this::token, addresses, meters, timings),
                        told,
                        running::decrementAndGet);
        loop.runOnContext(unused -> connection.begin());
        return line;
    }

    /// @return null: nothing here understands speech
    private @Nullable StreamContent content(
            ServerCallId call, StreamRequest stream, StreamLine line, Context loop) {
        return switch (stream.target()) {
            case StreamSpec audio -> new AudioContent(stream.stream(), audio, line, meters);
            case TranscriptionSpec words ->
                    recognizer
                            .map(present ->
                                    new WordContent(
                                            stream,
                                            words,
                                            line,
                                            new WordContent.Ports(
                                                    present,
                                                    call,
                                                    loop,
                                                    meters,
                                                    timings,
                                                    event -> facts.happened(call, event))))
                            .orElse(null);
        };
    }

    private String token() {
        synchronized (tokens) {
            return tokens.token(clock.instant());
        }
    }

    /// Waits for applications to let go of their connections, but not for long.
    @Override
    public void close() throws InterruptedException, ExecutionException {
        if (!sockets.close()) {
            LOG.atInfo().log("some application does not let go of its stream, and is left");
        }
    }
}
