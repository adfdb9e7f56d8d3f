package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.event.SubscriberEvent.OperationStatus;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.orchestrator.core.result.LegResults;
import io.strowger.orchestrator.core.result.MediaResults;
import io.strowger.orchestrator.core.result.RecognizeResults;
import java.util.List;

/// What connections are told, each in the words of its API line. A version is never told an event
/// it does not know.
final class Telling {
    private Telling() {}

    static void created(Draft draft, Connection connection) {
        if (connection.version().isPreview2021()) {
            draft.tell(
                    connection,
                    null,
                    null,
                    null,
                    new SubscriberEvent.CallConnectionStateChanged(ConnectionState.CONNECTING));
        }
    }

    static void connected(Draft draft) {
        draft.call().presentConnections().forEach(one -> connected(draft, one));
    }

    static void connected(Draft draft, Connection connection) {
        draft.tell(
                connection,
                null,
                connection.profile().operationContext(),
                MediaResults.success(),
                connection.version().isPreview2021()
                        ? new SubscriberEvent.CallConnectionStateChanged(ConnectionState.CONNECTED)
                        : new SubscriberEvent.CallConnected());
    }

    static void roster(Draft draft) {
        draft.call().presentConnections().forEach(one -> roster(draft, one));
    }

    static void roster(Draft draft, Connection connection) {
        if (connection.version().isPreview2021()
                && !connection.asksFor(RequestedEvent.PARTICIPANTS_UPDATED)) {
            return;
        }
        List<Participant> participants =
                draft.call().answeredLegs().stream().map(Leg::asParticipant).toList();
        draft.add(new CallEvent.RosterTold(connection.id()));
        draft.tell(
                connection,
                null,
                null,
                MediaResults.success(),
                new SubscriberEvent.ParticipantsUpdated(
                        connection.rosterSequence() + 1, participants));
    }

    static void disconnecting(Draft draft) {
        for (Connection connection : draft.call().presentConnections()) {
            disconnecting(draft, connection);
        }
    }

    static void disconnecting(Draft draft, Connection connection) {
        if (connection.version().isPreview2021()) {
            draft.tell(
                    connection,
                    null,
                    null,
                    null,
                    new SubscriberEvent.CallConnectionStateChanged(ConnectionState.DISCONNECTING));
        }
    }

    /// The last event of a connection.
    static void gone(Draft draft, Connection connection, ResultInformation result) {
        boolean failed =
                draft.call().answeredAt() == null
                        && result.code() >= 300
                        && connection.version().isAtLeast(ApiVersion.V2024_09_15);
        SubscriberEvent event;
        if (connection.version().isPreview2021()) {
            event = new SubscriberEvent.CallConnectionStateChanged(ConnectionState.DISCONNECTED);
        } else if (failed) {
            event =
                    switch (connection.profile().origin()) {
                        case CREATED, OUTSIDE -> new SubscriberEvent.CreateCallFailed();
                        case ANSWERED -> new SubscriberEvent.AnswerFailed();
                        case JOINED -> new SubscriberEvent.ConnectFailed();
                    };
        } else {
            event = new SubscriberEvent.CallDisconnected();
        }
        draft.tell(connection, null, connection.profile().operationContext(), result, event);
    }

    static void key(Draft draft, Leg leg, MediaEvent.ToneReceived tone) {
        List<Connection> asking =
                draft.call().presentConnections().stream()
                        .filter(connection -> connection.asksFor(RequestedEvent.DTMF_RECEIVED))
                        .toList();
        List<Listening> listening =
                draft.call().listening().stream()
                        .filter(one -> one.leg().equals(leg.id()))
                        .toList();
        if (asking.isEmpty() && listening.isEmpty()) {
            return;
        }
        draft.add(new CallEvent.ToneHeard(leg.id(), tone.sequenceId(), tone.press()));
        for (Connection connection : asking) {
            draft.tell(
                    connection,
                    null,
                    null,
                    null,
                    new SubscriberEvent.DtmfReceived(
                            leg.participant(), tone.sequenceId(), tone.tone()));
        }
        for (Listening one : listening) {
            draft.tell(
                    draft.call().connection(one.connection()).orElseThrow(),
                    one.callbackUri(),
                    one.operationContext(),
                    MediaResults.success(),
                    new SubscriberEvent.ContinuousDtmfRecognitionToneReceived(
                            tone.sequenceId(), tone.tone()));
        }
    }

    static void stoppedListening(
            Draft draft, Connection connection, CallCommand.StopContinuousDtmf stop) {
        draft.tell(
                connection,
                stop.operationCallbackUri(),
                stop.operationContext(),
                MediaResults.success(),
                new SubscriberEvent.ContinuousDtmfRecognitionStopped());
    }

    static void started(Draft draft, Operation operation) {
        Connection connection = of(draft, operation);
        if (connection.version().isAtLeast(ApiVersion.V2024_09_15)) {
            operation(draft, operation, MediaResults.success(), new SubscriberEvent.PlayStarted());
        }
    }

    static void played(Draft draft, Operation operation, MediaEvent.PlayEnded ended) {
        ResultInformation result = MediaResults.of(ended.outcome(), ended.detail());
        SubscriberEvent event =
                switch (ended.outcome()) {
                    case COMPLETED -> new SubscriberEvent.PlayCompleted();
                    case CANCELED -> new SubscriberEvent.PlayCanceled();
                    case FETCH_FAILED, BAD_FORMAT, SPEECH_FAILED, FAILED ->
                            new SubscriberEvent.PlayFailed(ended.failedSourceIndex());
                };
        if (of(draft, operation).version().isPreview2021()) {
            boolean failed = event instanceof SubscriberEvent.PlayFailed;
            event =
                    new SubscriberEvent.PlayAudioResult(
                            failed ? OperationStatus.FAILED : OperationStatus.COMPLETED);
        }
        operation(draft, operation, result, event);
    }

    static void recognized(Draft draft, Operation operation, MediaEvent.RecognizeEnded ended) {
        SubscriberEvent event =
                switch (RecognizeResults.kind(ended)) {
                    case CANCELED -> new SubscriberEvent.RecognizeCanceled();
                    case COMPLETED ->
                            new SubscriberEvent.RecognizeCompleted(
                                    ended.tones(), ended.understood());
                    case FAILED -> new SubscriberEvent.RecognizeFailed(ended.failedSourceIndex());
                };
        operation(draft, operation, RecognizeResults.of(ended), event);
    }

    /// It did not come to its own end.
    static void canceled(Draft draft, Operation operation) {
        switch (operation.kind()) {
            case Operation.Playing _ ->
                    operation(
                            draft,
                            operation,
                            MediaResults.canceled(),
                            of(draft, operation).version().isPreview2021()
                                    ? new SubscriberEvent.PlayAudioResult(OperationStatus.COMPLETED)
                                    : new SubscriberEvent.PlayCanceled());
            case Operation.Recognizing _ ->
                    operation(
                            draft,
                            operation,
                            MediaResults.canceled(),
                            new SubscriberEvent.RecognizeCanceled());
            case Operation.Adding _ ->
                    PeopleTelling.notAdded(
                            draft, operation, who(draft, operation), LegResults.callOver());
            case Operation.Cancelling(var invitation) ->
                    PeopleTelling.cancelled(draft, operation, invitation);
            case Operation.Removing _ ->
                    PeopleTelling.removed(draft, operation, who(draft, operation));
            case Operation.SendingTones _ ->
                    PeopleTelling.tonesSent(
                            draft,
                            operation,
                            new MediaEvent.TonesSent(operation.id(), "the participant is gone"));
            case Operation.Moving moving ->
                    PeopleTelling.notMoved(draft, operation, moving, LegResults.callOver());
            case Operation.Transferring _ ->
                    PeopleTelling.transferFailed(draft, operation, LegResults.callOver());
        }
    }

    private static Identifier who(Draft draft, Operation operation) {
        return draft.call().leg(operation.legs().getFirst()).orElseThrow().participant();
    }

    static void operation(
            Draft draft, Operation operation, ResultInformation result, SubscriberEvent event) {
        draft.tell(
                of(draft, operation),
                operation.callbackUri(),
                operation.operationContext(),
                result,
                event);
    }

    static Connection of(Draft draft, Operation operation) {
        return draft.call().connection(operation.connection()).orElseThrow();
    }
}
