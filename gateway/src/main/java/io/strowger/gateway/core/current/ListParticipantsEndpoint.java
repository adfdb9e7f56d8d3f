package io.strowger.gateway.core.current;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Roster;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Refusal;

/// Reads who is in the call; always one page.
public final class ListParticipantsEndpoint implements Endpoint<Roster> {
    @Override
    public ApiOperation operation() {
        return ApiOperation.LIST_PARTICIPANTS;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        return new CallCommand.ListParticipants(call.connection());
    }

    @Override
    public Class<Roster> answers() {
        return Roster.class;
    }

    @Override
    public ApiResponse response(ApiCall call, Roster answer) {
        return new ApiResponse(
                200, CallDialect.participants(call.version(), answer.participants()));
    }
}
