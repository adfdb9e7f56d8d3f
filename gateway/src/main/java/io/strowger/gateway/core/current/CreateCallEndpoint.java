package io.strowger.gateway.core.current;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Identifiers;
import io.strowger.gateway.core.api.Refusal;
import java.util.List;
import java.util.Set;

/// Places a call.
public final class CreateCallEndpoint implements Endpoint<Described> {
    private static final int MOST_TARGETS = 350;

    @Override
    public ApiOperation operation() {
        return ApiOperation.CREATE_CALL;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        Fields body = call.fields();
        Unserved.refuseFeaturesOfCreate(call.version(), body);
        List<Identifier> targets =
                Identifiers.dialables(body.requiredObjects("targets", MOST_TARGETS));
        PhoneNumber callerId = Identifiers.number(body, "sourceCallerIdNumber");
        if (callerId == null && targets.stream().anyMatch(PhoneNumber.class::isInstance)) {
            throw body.invalid(
                    "sourceCallerIdNumber", "is required where a target is a phone number");
        }
        return new CallCommand.CreateCall(
                call.newCall().get().connection(1),
                targets,
                Identifiers.user(body, "source"),
                callerId,
                body.text("sourceDisplayName"),
                body.requiredWebUri("callbackUri"),
                body.text("operationContext"),
                call.commandId().value(),
                Set.of(),
                MediaStreaming.options(call.version(), body),
                Transcription.options(call.version(), body));
    }

    @Override
    public Class<Described> answers() {
        return Described.class;
    }

    @Override
    public ApiResponse response(ApiCall call, Described answer) {
        return new ApiResponse(201, CallDialect.properties(call.version(), answer.properties()));
    }
}
