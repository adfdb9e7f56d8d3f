package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.event.SubscriberEvent.StreamingDetails;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaCommand.StreamedLeg;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.stream.StreamSpec.Channels;
import io.strowger.orchestrator.core.call.Decision.Rejected;
import io.strowger.orchestrator.core.call.Streaming.Asked;
import io.strowger.orchestrator.core.call.Streaming.Phase;
import java.util.List;
import java.util.Optional;

/// Streams to applications: each ends once, with the event that it stopped or failed, before the
/// last event of its connection.
final class StreamRules {
    private StreamRules() {}

    static Decision start(Asking asking, CallCommand.StartStreaming start) {
        Streaming streaming = asking.connection().streaming();
        if (streaming == null) {
            return notOffered();
        }
        if (!streaming.isOff()) {
            return new Rejected(
                    CallError.INVALID_REQUEST, "Media streaming is started already, or stops.");
        }
        begin(
                asking.draft(),
                asking.connection(),
                streaming,
                new Asked(start.operationContext(), start.operationCallbackUri()));
        return asking.answered(new Done());
    }

    static Decision stop(Asking asking, CallCommand.StopStreaming stop) {
        Connection connection = asking.connection();
        Streaming streaming = connection.streaming();
        if (streaming == null) {
            return notOffered();
        }
        if (!streaming.isRunning()) {
            return new Rejected(CallError.INVALID_REQUEST, "Media streaming is not started.");
        }
        Draft draft = asking.draft();
        change(
                draft,
                connection,
                streaming.stopping(
                        new Asked(stop.operationContext(), stop.operationCallbackUri())));
        draft.order(new MediaCommand.StopStream(streaming.id(connection.id())));
        return asking.answered(new Done());
    }

    private static Decision notOffered() {
        return new Rejected(
                CallError.INVALID_REQUEST,
                "The connection was made without mediaStreamingOptions: there is no transportUrl.");
    }

    /// The call is connected: those who asked for it are streamed to.
    static void connected(Draft draft) {
        draft.call().presentConnections().forEach(one -> connected(draft, one));
    }

    /// A connection is in a call that is connected.
    static void connected(Draft draft, Connection connection) {
        Streaming streaming = connection.streaming();
        if (streaming != null && streaming.startNow() && streaming.isOff()) {
            begin(
                    draft,
                    connection,
                    streaming,
                    new Asked(connection.profile().operationContext(), null));
        }
    }

    /// Another worker carries the call on: it makes the connections anew, which is told. One that
    /// was to stop has stopped.
    static void resume(Draft draft) {
        for (Connection connection : draft.call().presentConnections()) {
            Streaming streaming = connection.streaming();
            if (streaming != null && streaming.isRunning()) {
                change(draft, connection, streaming.unconnected());
                order(draft, connection, streaming);
            } else {
                over(draft, connection);
            }
        }
    }

    private static void begin(Draft draft, Connection connection, Streaming off, Asked by) {
        Streaming streaming = off.starting(by);
        change(draft, connection, streaming);
        order(draft, connection, streaming);
    }

    private static void order(Draft draft, Connection connection, Streaming streaming) {
        boolean unmixed = streaming.spec().channels() == Channels.UNMIXED;
        draft.order(
                new MediaCommand.StartStream(
                        streaming.id(connection.id()),
                        connection.id(),
                        draft.call().correlationId(),
                        streaming.spec(),
                        unmixed
                                ? draft.call().answeredLegs().stream()
                                        .map(StreamRules::streamed)
                                        .toList()
                                : List.of()));
    }

    private static StreamedLeg streamed(Leg leg) {
        return new StreamedLeg(leg.id(), leg.participant());
    }

    /// One more is in the call: streams that tell who speaks must know them.
    static void legAnswered(Draft draft, Leg leg) {
        for (Connection connection : draft.call().presentConnections()) {
            Streaming streaming = connection.streaming();
            if (streaming != null
                    && streaming.isRunning()
                    && streaming.spec().channels() == Channels.UNMIXED) {
                draft.order(
                        new MediaCommand.StreamLeg(streaming.id(connection.id()), streamed(leg)));
            }
        }
    }

    /// Told once for each connection that the worker made.
    static void connected(Draft draft, MediaEvent.StreamConnected connected) {
        of(draft.call(), connected.stream())
                .filter(one -> streaming(one).isRunning())
                .filter(one -> streaming(one).connections() < connected.connections())
                .ifPresent(one -> {
                    boolean first = streaming(one).phase() == Phase.STARTING;
                    change(draft, one, streaming(one).connected(connected.connections()));
                    StreamTelling.started(
                            draft,
                            one,
                            streaming(one).begun(),
                            first
                                    ? StreamingDetails.SUBSCRIPTION_STARTED
                                    : StreamingDetails.STREAM_CONNECTION_REESTABLISHED);
                });
    }

    static void ended(Draft draft, MediaEvent.StreamEnded ended) {
        of(draft.call(), ended.stream())
                .filter(one -> !streaming(one).isOff())
                .ifPresent(one -> {
                    change(draft, one, streaming(one).off());
                    if (streaming(one).phase() == Phase.STOPPING) {
                        StreamTelling.stopped(draft, one, streaming(one));
                    } else {
                        StreamTelling.ended(draft, one, streaming(one), ended);
                    }
                });
    }

    /// The call is over: whatever the worker would have said.
    static void endAll(Draft draft) {
        draft.call().presentConnections().forEach(one -> over(draft, one));
    }

    /// An application leaves and others stay.
    static void endOf(Draft draft, Connection connection) {
        Streaming streaming = connection.streaming();
        if (streaming != null && streaming.isRunning()) {
            draft.order(new MediaCommand.StopStream(streaming.id(connection.id())));
        }
        over(draft, connection);
    }

    private static void over(Draft draft, Connection connection) {
        Streaming streaming = connection.streaming();
        if (streaming != null && !streaming.isOff()) {
            change(draft, connection, streaming.off());
            StreamTelling.stopped(draft, connection, streaming);
        }
    }

    private static void change(Draft draft, Connection connection, Streaming next) {
        draft.add(new CallEvent.StreamChanged(connection.id(), next));
    }

    private static Optional<Connection> of(Call call, OperationId stream) {
        return call.presentConnections().stream()
                .filter(one ->
                        one.streaming() != null && streaming(one).id(one.id()).equals(stream))
                .findFirst();
    }

    private static Streaming streaming(Connection connection) {
        Streaming streaming = connection.streaming();
        if (streaming == null) {
            throw new IllegalStateException("nothing is streamed to " + connection.id());
        }
        return streaming;
    }
}
