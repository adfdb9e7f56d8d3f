package io.strowger.gateway.shell.http.api;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.gateway.core.repeat.Repeatability.Repeatable;
import io.strowger.gateway.shell.http.json.Fields;
import io.strowger.gateway.shell.http.json.Identifiers;
import io.strowger.gateway.shell.http.json.Refusal;
import java.util.List;
import java.util.Set;

/// `POST /calling/callConnections` of the current line.
public final class CreateCall implements Operation {
    static final int MOST_TARGETS = 350;
    static final int MAX_NAME = 256;
    static final int MAX_CONTEXT = 5000;
    private static final List<String> NOT_SERVED =
            List.of("mediaStreamingOptions", "transcriptionOptions", "teamsAppSource");

    @Override
    public CallCommand command(ApiRequest request) throws Refusal {
        Fields body = Fields.of(request.body());
        for (String field : NOT_SERVED) {
            if (body.has(field)) {
                throw body.wrong(field, "is not supported by this version of Strowger");
            }
        }
        List<Identifier> targets = targets(body);
        PhoneNumber callerId = Identifiers.optionalNumber(body, "sourceCallerIdNumber");
        if (callerId == null && targets.stream().anyMatch(PhoneNumber.class::isInstance)) {
            throw Refusal.invalid(
                    "'sourceCallerIdNumber' is required when a target is a phone number.");
        }
        Fields source = body.optionalObject("source");
        return new CallCommand.CreateCall(
                newCall(request).connection(1),
                targets,
                source == null ? null : Identifiers.user(source),
                callerId,
                body.optionalText("sourceDisplayName", MAX_NAME),
                body.webUri("callbackUri"),
                body.optionalText("operationContext", MAX_CONTEXT),
                request.randomId().get(),
                Set.of());
    }

    static List<Identifier> targets(Fields body) throws Refusal {
        List<Identifier> targets = Identifiers.readAll(body, "targets", MOST_TARGETS);
        if (targets.isEmpty()) {
            throw body.missing("targets");
        }
        return targets;
    }

    /// A repeated request finds the call of the first.
    static ServerCallId newCall(ApiRequest request) {
        if (request.repeatability() instanceof Repeatable(var _, var seed, var _)) {
            return request.ids().callFor(seed);
        }
        return request.ids().callFor(request.randomId().get().toString());
    }

    @Override
    public ApiResponse response(ApiRequest request, CallCommand command, Answer answer) {
        var properties = ((Described) answer).properties();
        return new ApiResponse(201, PropertiesJson.write(properties), properties.correlationId());
    }
}
