package io.strowger.gateway.core.current;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Refusal;

/// Ends everything that plays, collects or waits.
public final class CancelAllMediaEndpoint implements Endpoint<Answer> {
    @Override
    public ApiOperation operation() {
        return ApiOperation.CANCEL_ALL_MEDIA;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        return new CallCommand.CancelAllMedia(call.connection(), call.operationId(), null);
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
