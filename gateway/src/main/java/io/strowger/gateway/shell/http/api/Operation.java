package io.strowger.gateway.shell.http.api;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.gateway.shell.http.json.Refusal;

/// One operation of the API: reads a request into a command, writes the answer to it. Holds no
/// state; called on event loops.
public interface Operation {
    /// @throws Refusal when the request is not what the contract says
    CallCommand command(ApiRequest request) throws Refusal;

    /// @param command of [#command]
    /// @param answer not a refusal
    ApiResponse response(ApiRequest request, CallCommand command, Answer answer);
}
