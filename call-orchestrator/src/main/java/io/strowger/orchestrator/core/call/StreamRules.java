package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.event.SubscriberEvent.StreamingDetails;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaCommand.StreamedLeg;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.TranscriptionSpec;
import io.strowger.orchestrator.core.call.Decision.Rejected;
import io.strowger.orchestrator.core.call.Streaming.Asked;
import io.strowger.orchestrator.core.call.Streaming.Phase;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Streams to applications, of audio and of words: each ends once, with the event that it stopped
/// or failed, before the last event of its connection.
final class StreamRules {
    private StreamRules() {}

    static Decision start(Asking asking, CallCommand.StartStreaming start) {
        return start(
                asking,
                asking.connection().streaming(),
                Kind.AUDIO,
                new Asked(start.operationContext(), start.operationCallbackUri()));
    }

    static Decision stop(Asking asking, CallCommand.StopStreaming stop) {
        return stop(
                asking,
                asking.connection().streaming(),
                Kind.AUDIO,
                new Asked(stop.operationContext(), stop.operationCallbackUri()));
    }

    /// What can be streamed, as messages name it.
    enum Kind {
        AUDIO("Media streaming", "mediaStreamingOptions"),
        WORDS("Transcription", "transcriptionOptions");

        private final String text;
        private final String options;

        Kind(String text, String options) {
            this.text = text;
            this.options = options;
        }

        Rejected rejected(String why) {
            return new Rejected(CallError.INVALID_REQUEST, text + why);
        }

        Rejected notOffered() {
            return new Rejected(
                    CallError.INVALID_REQUEST,
                    "The connection was made without " + options + ": there is no transportUrl.");
        }
    }

    static Decision start(Asking asking, @Nullable Streaming<?> streaming, Kind kind, Asked by) {
        if (streaming == null) {
            return kind.notOffered();
        }
        if (!streaming.isOff()) {
            return kind.rejected(" is started already, or stops.");
        }
        begin(asking.draft(), asking.connection(), streaming, by);
        return asking.answered(new Done());
    }

    static Decision stop(Asking asking, @Nullable Streaming<?> streaming, Kind kind, Asked by) {
        if (streaming == null) {
            return kind.notOffered();
        }
        if (!streaming.isRunning()) {
            return kind.rejected(" is not started.");
        }
        Connection connection = asking.connection();
        change(asking.draft(), connection, streaming.stopping(by));
        asking.draft().order(new MediaCommand.StopStream(streaming.id(connection.id())));
        return asking.answered(new Done());
    }

    /// The call is connected: those who asked for it are streamed to.
    static void connected(Draft draft) {
        draft.call().presentConnections().forEach(one -> connected(draft, one));
    }

    /// A connection is in a call that is connected.
    static void connected(Draft draft, Connection connection) {
        for (Streaming<?> streaming : connection.streams()) {
            if (streaming.startNow() && streaming.isOff()) {
                Asked by = new Asked(connection.profile().operationContext(), null);
                begin(draft, connection, streaming, by);
            }
        }
    }

    /// Another worker carries the call on: it makes the connections anew, which is told. One that
    /// was to stop has stopped.
    static void resume(Draft draft) {
        for (Connection connection : draft.call().presentConnections()) {
            for (Streaming<?> streaming : connection.streams()) {
                if (streaming.isRunning()) {
                    change(draft, connection, streaming.unconnected());
                    order(draft, connection, streaming);
                } else {
                    over(draft, connection, streaming);
                }
            }
        }
    }

    private static void begin(Draft draft, Connection connection, Streaming<?> off, Asked by) {
        Streaming<?> streaming = off.starting(by);
        change(draft, connection, streaming);
        order(draft, connection, streaming);
    }

    private static void order(Draft draft, Connection connection, Streaming<?> streaming) {
        OperationId id = streaming.id(connection.id());
        UUID correlationId = draft.call().correlationId();
        List<StreamedLeg> legs =
                streaming.spec().tellsVoicesApart()
                        ? draft.call().answeredLegs().stream().map(StreamRules::streamed).toList()
                        : List.of();
        draft.order(
                switch (streaming.spec()) {
                    case StreamSpec audio ->
                            new MediaCommand.StartStream(
                                    id, connection.id(), correlationId, audio, legs);
                    case TranscriptionSpec words ->
                            new MediaCommand.StartTranscription(
                                    id, connection.id(), correlationId, words, legs);
                });
    }

    private static StreamedLeg streamed(Leg leg) {
        return new StreamedLeg(leg.id(), leg.participant());
    }

    /// One more is in the call: streams that tell who speaks must know them.
    static void legAnswered(Draft draft, Leg leg) {
        for (Connection connection : draft.call().presentConnections()) {
            for (Streaming<?> streaming : connection.streams()) {
                if (streaming.isRunning() && streaming.spec().tellsVoicesApart()) {
                    OperationId id = streaming.id(connection.id());
                    draft.order(new MediaCommand.StreamLeg(id, streamed(leg)));
                }
            }
        }
    }

    /// Told once for each connection that the worker made. What was to be changed is so there.
    static void connected(Draft draft, MediaEvent.StreamConnected connected) {
        of(draft.call(), connected.stream())
                .filter(one -> one.streaming.isRunning())
                .filter(one -> one.streaming.connections() < connected.connections())
                .ifPresent(one -> {
                    boolean first = one.streaming.phase() == Phase.STARTING;
                    Streaming<?> next = one.streaming.connected(connected.connections());
                    change(draft, one.connection, next);
                    StreamTelling.started(
                            draft,
                            one.connection,
                            next,
                            first
                                    ? StreamingDetails.SUBSCRIPTION_STARTED
                                    : StreamingDetails.STREAM_CONNECTION_REESTABLISHED);
                    TranscriptionRules.updated(draft, one.connection, next);
                });
    }

    static void ended(Draft draft, MediaEvent.StreamEnded ended) {
        ended(
                draft,
                ended.stream(),
                one -> StreamTelling.ended(draft, one.connection, one.streaming, ended));
    }

    /// @param unasked tells of an end that nobody had asked for
    static void ended(Draft draft, OperationId stream, Consumer<Owned> unasked) {
        of(draft.call(), stream)
                .filter(one -> !one.streaming.isOff())
                .ifPresent(one -> {
                    change(draft, one.connection, one.streaming.off());
                    StreamTelling.updateIsOver(draft, one.connection, one.streaming);
                    if (one.streaming.phase() == Phase.STOPPING) {
                        StreamTelling.stopped(draft, one.connection, one.streaming);
                    } else {
                        unasked.accept(one);
                    }
                });
    }

    /// The call is over: whatever the worker would have said.
    static void endAll(Draft draft) {
        draft.call()
                .presentConnections()
                .forEach(one -> one.streams().forEach(streaming -> over(draft, one, streaming)));
    }

    /// An application leaves and others stay.
    static void endOf(Draft draft, Connection connection) {
        for (Streaming<?> streaming : connection.streams()) {
            if (streaming.isRunning()) {
                draft.order(new MediaCommand.StopStream(streaming.id(connection.id())));
            }
            over(draft, connection, streaming);
        }
    }

    private static void over(Draft draft, Connection connection, Streaming<?> streaming) {
        if (!streaming.isOff()) {
            change(draft, connection, streaming.off());
            StreamTelling.updateIsOver(draft, connection, streaming);
            StreamTelling.stopped(draft, connection, streaming);
        }
    }

    static void change(Draft draft, Connection connection, Streaming<?> next) {
        draft.add(new CallEvent.StreamChanged(connection.id(), next));
    }

    /// A stream and whose it is.
    record Owned(Connection connection, Streaming<?> streaming) {}

    static Optional<Owned> of(Call call, OperationId stream) {
        return call.presentConnections().stream()
                .<Owned>flatMap(connection ->
                        connection.streams().stream()
                                .map(streaming -> new Owned(connection, streaming)))
                .filter(one -> one.streaming.id(one.connection.id()).equals(stream))
                .findFirst();
    }
}
