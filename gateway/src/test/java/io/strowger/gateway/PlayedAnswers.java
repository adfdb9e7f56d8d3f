package io.strowger.gateway;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallProperties;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.call.CallReply.Found;
import io.strowger.contracts.call.CallReply.Invited;
import io.strowger.contracts.call.CallReply.Moving;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.call.CallReply.RecordingDescribed;
import io.strowger.contracts.call.CallReply.Roster;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.recording.RecordingState;
import io.strowger.contracts.stream.StreamSubscription;
import io.strowger.contracts.stream.TranscriptionSubscription;
import java.util.List;
import java.util.UUID;

/// What the orchestrator would answer when everything goes well.
final class PlayedAnswers {
    private PlayedAnswers() {}

    static Answer to(CallRequest request) {
        CallCommand command = request.command();
        Participant person =
                new Participant(new PhoneNumber("+15550100001"), new LegId(1), false, true);
        return switch (command) {
            case CallCommand.CreateCall create ->
                    new Described(
                            new CallProperties(
                                    create.connection(),
                                    ConnectionState.CONNECTING,
                                    create.targets(),
                                    create.source(),
                                    create.callerId(),
                                    create.sourceDisplayName(),
                                    create.callbackUri(),
                                    create.correlationId(),
                                    null,
                                    null,
                                    create.streaming() == null
                                            ? null
                                            : new StreamSubscription(
                                                    new OperationId(new UUID(5, 6)), false),
                                    create.transcription() == null
                                            ? null
                                            : new TranscriptionSubscription(
                                                    new OperationId(new UUID(5, 7)),
                                                    false,
                                                    true,
                                                    create.transcription().spec().locale())));
            case CallCommand.DescribeCall describe ->
                    new Described(connected(describe.connection()));
            case CallCommand.Answer answer -> new Described(connected(answer.call().connection(2)));
            case CallCommand.Join join -> new Described(connected(join.call().connection(2)));
            case CallCommand.AddParticipant add ->
                    new Invited(person, add.operationId(), add.operationContext());
            case CallCommand.AddToCall add ->
                    new Invited(person, add.operationId(), add.operationContext());
            case CallCommand.CancelAddParticipant cancel ->
                    new Invited(person, cancel.invitationId(), cancel.operationContext());
            case CallCommand.MoveParticipants move ->
                    new Moving(List.of(person), move.from(), move.operationContext());
            case CallCommand.RemoveParticipant remove ->
                    new OperationStarted(remove.operationId(), remove.operationContext());
            case CallCommand.RemoveFromCall remove ->
                    new OperationStarted(remove.operationId(), null);
            case CallCommand.MuteParticipants mute ->
                    new OperationStarted(mute.operationId(), mute.operationContext());
            case CallCommand.SendDtmfTones send ->
                    new OperationStarted(send.operationId(), send.operationContext());
            case CallCommand.Transfer transfer ->
                    new OperationStarted(transfer.operationId(), transfer.operationContext());
            case CallCommand.PlayToCall play ->
                    new OperationStarted(play.operationId(), play.operationContext());
            case BetweenCalls other -> throw new IllegalStateException("no gateway asks " + other);
            case CallCommand.Hold _,
                    CallCommand.Unhold _,
                    CallCommand.StartContinuousDtmf _,
                    CallCommand.StopContinuousDtmf _,
                    CallCommand.StartStreaming _,
                    CallCommand.StopStreaming _,
                    CallCommand.StartTranscription _,
                    CallCommand.UpdateTranscription _,
                    CallCommand.StopTranscription _,
                    CallCommand.Redirect _,
                    CallCommand.Reject _ ->
                    new Done();
            case CallCommand.ListParticipants _ -> new Roster(List.of(person));
            case CallCommand.GetParticipant _ -> new Found(person);
            case CallCommand.Play play ->
                    new OperationStarted(play.operationId(), play.operationContext());
            case CallCommand.Recognize recognize ->
                    new OperationStarted(recognize.operationId(), recognize.operationContext());
            case CallCommand.CancelAllMedia cancel ->
                    new OperationStarted(cancel.operationId(), cancel.operationContext());
            case CallCommand.StartRecording start ->
                    new RecordingDescribed(start.call().recording(1), RecordingState.ACTIVE);
            case CallCommand.DescribeRecording(var recording) ->
                    new RecordingDescribed(recording, RecordingState.INACTIVE);
            case CallCommand.PauseRecording _,
                    CallCommand.ResumeRecording _,
                    CallCommand.StopRecording _,
                    CallCommand.HangUp _,
                    CallCommand.Terminate _ ->
                    new Done();
        };
    }

    private static CallProperties connected(CallConnectionId connection) {
        return new CallProperties(
                connection,
                ConnectionState.CONNECTED,
                List.of(new CommunicationUser("8:acs:a_b")),
                null,
                null,
                null,
                java.net.URI.create("http://127.0.0.1:9/events"),
                new UUID(3, 4),
                new CommunicationUser("8:acs:a_b"),
                new PhoneNumber("+15550100009"),
                null,
                null);
    }
}
