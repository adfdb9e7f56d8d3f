package io.strowger.gateway.shell.http.api;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.gateway.shell.http.json.Refusal;

/// `GET /calling/callConnections/{id}`.
public final class GetCall implements Operation {
    @Override
    public CallCommand command(ApiRequest request) throws Refusal {
        return new CallCommand.DescribeCall(request.connection());
    }

    @Override
    public ApiResponse response(ApiRequest request, CallCommand command, Answer answer) {
        var properties = ((Described) answer).properties();
        return new ApiResponse(200, PropertiesJson.write(properties), properties.correlationId());
    }
}
