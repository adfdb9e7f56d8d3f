package io.strowger.gateway.core.current;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Refusal;

/// Ends the call for all.
public final class TerminateEndpoint implements Endpoint<Answer> {
    @Override
    public ApiOperation operation() {
        return ApiOperation.TERMINATE;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        return new CallCommand.Terminate(call.connection());
    }

    @Override
    public Class<Answer> answers() {
        return Answer.class;
    }

    @Override
    public ApiResponse response(ApiCall call, Answer answer) {
        return ApiResponse.empty(204);
    }
}
