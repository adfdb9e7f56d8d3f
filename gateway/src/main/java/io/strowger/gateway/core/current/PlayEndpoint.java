package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Identifiers;
import io.strowger.gateway.core.api.Refusal;

/// Plays sources to one, some or all.
public final class PlayEndpoint implements Endpoint<Answer> {
    private static final int MOST_SOURCES = 100;

    @Override
    public ApiOperation operation() {
        return ApiOperation.PLAY;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        Fields body = call.fields();
        ApiVersion version = call.version();
        Fields options = body.object("playOptions");
        return new CallCommand.Play(
                call.connection(),
                call.operationId(),
                PlaySources.read(version, body.requiredObjects("playSources", MOST_SOURCES)),
                Identifiers.readAll(body.objects("playTo")),
                options != null && options.flag("loop", false),
                version.isAtLeast(ApiVersion.V2024_09_15)
                        && body.flag("interruptCallMediaOperation", false),
                body.text("operationContext"),
                OperationCallback.read(version, body));
    }

    @Override
    public Class<Answer> answers() {
        return Answer.class;
    }

    @Override
    public ApiResponse response(ApiCall call, Answer answer) {
        return ApiResponse.empty(202);
    }
}
