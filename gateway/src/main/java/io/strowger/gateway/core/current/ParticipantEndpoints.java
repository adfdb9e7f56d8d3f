package io.strowger.gateway.core.current;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.ByIdentifier;
import io.strowger.contracts.call.CallReply.Invited;
import io.strowger.contracts.call.CallReply.Moving;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.id.OperationId;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.FunctionEndpoint;
import io.strowger.gateway.core.api.Identifiers;
import io.strowger.gateway.core.api.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// People who are added, removed, muted, moved or transferred.
public final class ParticipantEndpoints {
    private static final int MOST_PEOPLE = 350;

    private ParticipantEndpoints() {}

    public static List<Endpoint<?>> all() {
        return List.of(
                new FunctionEndpoint<>(
                        ApiOperation.ADD_PARTICIPANT,
                        Invited.class,
                        ParticipantEndpoints::add,
                        ParticipantEndpoints::added),
                started(ApiOperation.REMOVE_PARTICIPANT, 202, ParticipantEndpoints::remove),
                new FunctionEndpoint<>(
                        ApiOperation.CANCEL_ADD_PARTICIPANT,
                        Invited.class,
                        ParticipantEndpoints::cancel,
                        ParticipantEndpoints::cancelled),
                started(ApiOperation.MUTE_PARTICIPANT, 200, ParticipantEndpoints::mute),
                started(ApiOperation.TRANSFER, 202, ParticipantEndpoints::transfer),
                new FunctionEndpoint<>(
                        ApiOperation.MOVE_PARTICIPANTS,
                        Moving.class,
                        ParticipantEndpoints::move,
                        ParticipantEndpoints::moving));
    }

    /// An operation whose response is its context.
    static Endpoint<OperationStarted> started(
            ApiOperation operation, int status, FunctionEndpoint.Reader reader) {
        return new FunctionEndpoint<>(
                operation,
                OperationStarted.class,
                reader,
                (call, answer) ->
                        new ApiResponse(status, withContext(Map.of(), answer.operationContext())));
    }

    private static CallCommand add(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.AddParticipant(
                call.connection(),
                call.operationId(),
                Invitees.added(call.version(), body),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    private static ApiResponse added(ApiCall call, Invited answer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("participant", CallDialect.participant(call.version(), answer.participant()));
        json.put("invitationId", answer.invitationId().toString());
        return new ApiResponse(202, withContext(json, answer.operationContext()));
    }

    private static CallCommand remove(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.RemoveParticipant(
                call.connection(),
                call.operationId(),
                new ByIdentifier(Identifiers.read(body.requiredObject("participantToRemove"))),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    private static CallCommand cancel(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.CancelAddParticipant(
                call.connection(),
                call.operationId(),
                new OperationId(guid(body, "invitationId")),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    private static ApiResponse cancelled(ApiCall call, Invited answer) {
        return new ApiResponse(
                202,
                withContext(
                        Map.of("invitationId", answer.invitationId().toString()),
                        answer.operationContext()));
    }

    private static CallCommand mute(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.MuteParticipants(
                call.connection(),
                call.operationId(),
                Identifiers.readAll(body.requiredObjects("targetParticipants", MOST_PEOPLE)),
                body.text("operationContext"));
    }

    private static CallCommand transfer(ApiCall call) throws Refusal {
        Fields body = call.fields();
        Fields transferee = body.object("transferee");
        return new CallCommand.Transfer(
                call.connection(),
                call.operationId(),
                Invitees.transferTarget(call.version(), body),
                transferee == null ? null : Identifiers.read(transferee),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    private static CallCommand move(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.MoveParticipants(
                call.connection(),
                call.operationId(),
                Identifiers.readAll(body.requiredObjects("targetParticipants", MOST_PEOPLE)),
                call.connection(body.requiredText("fromCall")),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    private static ApiResponse moving(ApiCall call, Moving answer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "participants",
                answer.participants().stream()
                        .map(one -> CallDialect.participant(call.version(), one))
                        .toList());
        json.put("fromCall", answer.from().toString());
        return new ApiResponse(202, withContext(json, answer.operationContext()));
    }

    private static UUID guid(Fields body, String name) throws Refusal {
        String text = body.requiredText(name);
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw body.invalid(name, "must be a GUID");
        }
    }

    static Map<String, Object> withContext(Map<String, Object> json, @Nullable String context) {
        Map<String, Object> all = new LinkedHashMap<>(json);
        if (context != null) {
            all.put("operationContext", context);
        }
        return all;
    }
}
