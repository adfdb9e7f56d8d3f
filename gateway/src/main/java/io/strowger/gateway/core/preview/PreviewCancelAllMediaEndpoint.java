package io.strowger.gateway.core.preview;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Refusal;

/// Ends everything that plays. Old clients send no body.
public final class PreviewCancelAllMediaEndpoint implements Endpoint<OperationStarted> {
    @Override
    public ApiOperation operation() {
        return ApiOperation.PREVIEW_CANCEL_ALL_MEDIA;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        return new CallCommand.CancelAllMedia(
                call.connection(),
                call.operationId(),
                call.optionalFields().text("operationContext"));
    }

    @Override
    public Class<OperationStarted> answers() {
        return OperationStarted.class;
    }

    @Override
    public ApiResponse response(ApiCall call, OperationStarted answer) {
        return new ApiResponse(200, OperationDialect.write(answer, "completed"));
    }
}
