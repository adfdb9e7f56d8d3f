package io.strowger.gateway.core.current;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Found;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Refusal;

/// Reads one participant.
public final class GetParticipantEndpoint implements Endpoint<Found> {
    @Override
    public ApiOperation operation() {
        return ApiOperation.GET_PARTICIPANT;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        return new CallCommand.GetParticipant(
                call.connection(), Identifier.ofRawId(call.parameter("participantRawId")));
    }

    @Override
    public Class<Found> answers() {
        return Found.class;
    }

    @Override
    public ApiResponse response(ApiCall call, Found answer) {
        return new ApiResponse(200, CallDialect.participant(call.version(), answer.participant()));
    }
}
