package io.strowger.gateway.core.current;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Refusal;

/// Reads the properties of a connection.
public final class GetCallEndpoint implements Endpoint<Described> {
    @Override
    public ApiOperation operation() {
        return ApiOperation.GET_CALL;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        return new CallCommand.DescribeCall(call.connection());
    }

    @Override
    public Class<Described> answers() {
        return Described.class;
    }

    @Override
    public ApiResponse response(ApiCall call, Described answer) {
        return new ApiResponse(200, CallDialect.properties(call.version(), answer.properties()));
    }
}
