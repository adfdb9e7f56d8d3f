package io.strowger.gateway.shell.http.api;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.id.OperationId;
import io.strowger.gateway.shell.http.json.Refusal;

/// `POST /calling/callConnections/{id}:cancelAllMediaOperations`.
public final class CancelAllMedia implements Operation {
    @Override
    public CallCommand command(ApiRequest request) throws Refusal {
        return new CallCommand.CancelAllMedia(
                request.connection(), new OperationId(request.randomId().get()), null);
    }

    @Override
    public ApiResponse response(ApiRequest request, CallCommand command, Answer answer) {
        return ApiResponse.empty(202);
    }
}
