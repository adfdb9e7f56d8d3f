package io.strowger.gateway.core.preview;

import io.strowger.contracts.api.Identifier;
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
import java.util.Map;

/// Places a call; answers its id alone.
public final class PreviewCreateCallEndpoint implements Endpoint<Described> {
    private static final int MOST_TARGETS = 350;

    @Override
    public ApiOperation operation() {
        return ApiOperation.PREVIEW_CREATE_CALL;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        Fields body = call.fields();
        RequestedFeatures.refuseVideo(body);
        Identifier source = Identifiers.read(body.requiredObject("source"));
        List<Identifier> targets =
                Identifiers.dialables(body.requiredObjects("targets", MOST_TARGETS));
        body.text("subject");
        return new CallCommand.CreateCall(
                call.newCall().get().connection(1),
                targets,
                source,
                Identifiers.number(body, "alternateCallerId"),
                null,
                body.requiredWebUri("callbackUri"),
                null,
                call.commandId().value(),
                RequestedFeatures.events(body),
                null,
                null);
    }

    @Override
    public Class<Described> answers() {
        return Described.class;
    }

    @Override
    public ApiResponse response(ApiCall call, Described answer) {
        return new ApiResponse(
                201, Map.of("callConnectionId", answer.properties().connection().toString()));
    }
}
