package io.strowger.gateway.core.preview;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.ByLeg;
import io.strowger.contracts.call.CallCommand.Invitee;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.Invited;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.id.LegId;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.FunctionEndpoint;
import io.strowger.gateway.core.api.Identifiers;
import io.strowger.gateway.core.api.Refusal;
import java.util.List;
import java.util.Map;

/// People who are added and removed, in calls that the application is in and in those that it is
/// not; and what else it may do with a call from outside.
public final class PreviewPeopleEndpoints {
    private PreviewPeopleEndpoints() {}

    public static List<Endpoint<?>> all() {
        return List.of(
                inviting(
                        ApiOperation.PREVIEW_ADD_PARTICIPANT,
                        PreviewPeopleEndpoints::addParticipant),
                FunctionEndpoint.silent(
                        ApiOperation.PREVIEW_REMOVE_PARTICIPANT,
                        202,
                        call ->
                                new CallCommand.RemoveParticipant(
                                        call.connection(),
                                        call.operationId(),
                                        leg(call),
                                        null,
                                        null)),
                inviting(
                        ApiOperation.PREVIEW_ADD_PARTICIPANT_TO_CALL,
                        PreviewPeopleEndpoints::addToCall),
                FunctionEndpoint.silent(
                        ApiOperation.PREVIEW_REMOVE_PARTICIPANT_FROM_CALL,
                        202,
                        call ->
                                new CallCommand.RemoveFromCall(
                                        call.serverCall(), call.operationId(), leg(call))),
                new FunctionEndpoint<>(
                        ApiOperation.PREVIEW_PLAY_AUDIO_IN_CALL,
                        OperationStarted.class,
                        PreviewPeopleEndpoints::play,
                        (call, answer) ->
                                new ApiResponse(202, OperationDialect.write(answer, "running"))),
                new FunctionEndpoint<>(
                        ApiOperation.PREVIEW_JOIN_CALL,
                        Described.class,
                        PreviewPeopleEndpoints::join,
                        (call, answer) ->
                                new ApiResponse(
                                        202,
                                        Map.of(
                                                "callConnectionId",
                                                answer.properties().connection().toString()))));
    }

    private static Endpoint<Invited> inviting(
            ApiOperation operation, FunctionEndpoint.Reader reader) {
        return new FunctionEndpoint<>(
                operation,
                Invited.class,
                reader,
                (call, answer) ->
                        new ApiResponse(
                                202,
                                Map.of("participantId", answer.participant().legId().toString())));
    }

    private static Invitee invitee(Fields body) throws Refusal {
        return new Invitee(
                Identifiers.dialable(body.requiredObject("participant")),
                Identifiers.number(body, "alternateCallerId"),
                null,
                null,
                Map.of());
    }

    private static CallCommand addParticipant(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.AddParticipant(
                call.connection(),
                call.operationId(),
                invitee(body),
                body.text("operationContext"),
                body.webUri("callbackUri"));
    }

    private static CallCommand addToCall(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.AddToCall(
                call.serverCall(),
                call.operationId(),
                invitee(body),
                body.text("operationContext"),
                body.webUri("callbackUri"));
    }

    private static CallCommand play(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.PlayToCall(
                call.serverCall(),
                call.operationId(),
                PreviewPlayAudioEndpoint.source(body),
                body.flag("loop", false),
                body.text("operationContext"),
                body.webUri("callbackUri"));
    }

    private static CallCommand join(ApiCall call) throws Refusal {
        Fields body = call.fields();
        RequestedFeatures.refuseVideo(body);
        body.text("subject");
        return new CallCommand.Join(
                call.serverCall(),
                body.requiredWebUri("callbackUri"),
                Identifiers.read(body.requiredObject("source")),
                null,
                RequestedFeatures.events(body),
                null,
                null);
    }

    private static ByLeg leg(ApiCall call) throws Refusal {
        try {
            return new ByLeg(new LegId(Integer.parseInt(call.parameter("participantId"))));
        } catch (IllegalArgumentException notALeg) {
            throw new Refusal(
                    CallError.PARTICIPANT_NOT_FOUND, CallError.PARTICIPANT_NOT_FOUND.message());
        }
    }
}
