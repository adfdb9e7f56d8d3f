package io.strowger.gateway.core.preview;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Refusal;

/// Takes the application out of the call.
public final class PreviewHangUpEndpoint implements Endpoint<Answer> {
    @Override
    public ApiOperation operation() {
        return ApiOperation.PREVIEW_HANG_UP;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        return new CallCommand.HangUp(call.connection());
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
