package io.strowger.gateway.shell.http.api;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.OperationId;
import io.strowger.gateway.shell.http.json.Fields;
import io.strowger.gateway.shell.http.json.Identifiers;
import io.strowger.gateway.shell.http.json.Refusal;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /calling/callConnections/{id}:play`.
public final class Play implements Operation {
    @Override
    public CallCommand command(ApiRequest request) throws Refusal {
        Fields body = Fields.of(request.body());
        List<PlaySource> sources = PlaySources.readAll(body, "playSources", request.version());
        if (sources.isEmpty()) {
            throw body.missing("playSources");
        }
        Fields options = body.optionalObject("playOptions");
        return new CallCommand.Play(
                request.connection(),
                new OperationId(request.randomId().get()),
                sources,
                Identifiers.readAll(body, "playTo", CreateCall.MOST_TARGETS),
                options != null && options.flag("loop", false),
                request.version().isAtLeast(ApiVersion.V2024_09_15)
                        && body.flag("interruptCallMediaOperation", false),
                body.optionalText("operationContext", CreateCall.MAX_CONTEXT),
                operationCallback(request, body));
    }

    static @Nullable URI operationCallback(ApiRequest request, Fields body) throws Refusal {
        return request.version().isAtLeast(ApiVersion.V2023_10_15)
                ? body.optionalWebUri("operationCallbackUri")
                : null;
    }

    @Override
    public ApiResponse response(ApiRequest request, CallCommand command, Answer answer) {
        return ApiResponse.empty(202);
    }
}
