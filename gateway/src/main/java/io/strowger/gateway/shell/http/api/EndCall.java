package io.strowger.gateway.shell.http.api;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.gateway.shell.http.json.Refusal;
import java.util.function.Function;

/// Leaving a call, and ending it for all: no body, an empty answer.
public final class EndCall implements Operation {
    private final Function<CallConnectionId, CallCommand> command;
    private final int success;

    private EndCall(Function<CallConnectionId, CallCommand> command, int success) {
        this.command = command;
        this.success = success;
    }

    /// The application's own leg.
    ///
    /// @param success 204 in the current line, 202 in that of 2021
    public static EndCall hangUp(int success) {
        return new EndCall(CallCommand.HangUp::new, success);
    }

    /// For everybody.
    public static EndCall terminate() {
        return new EndCall(CallCommand.Terminate::new, 204);
    }

    @Override
    public CallCommand command(ApiRequest request) throws Refusal {
        return command.apply(request.connection());
    }

    @Override
    public ApiResponse response(ApiRequest request, CallCommand command, Answer answer) {
        return ApiResponse.empty(success);
    }
}
