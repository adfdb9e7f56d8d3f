package io.strowger.gateway.core.api;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;

/// One operation of the API: how its request becomes a command, and how the answer to the command
/// becomes its response. Pure, and safe for use by many threads.
///
/// @param <A> the answer that the command gets when it is not refused
public interface Endpoint<A extends Answer> {
    /// Which one it is; the path, the version and repeatability hang on that.
    ApiOperation operation();

    /// What the caller asks.
    ///
    /// @throws Refusal when the request is wrong
    CallCommand command(ApiCall call) throws Refusal;

    /// The kind of answer that is expected.
    Class<A> answers();

    /// The response to the caller, in the dialect of its version.
    ApiResponse response(ApiCall call, A answer);

    /// As [#response], for an answer of any kind.
    ///
    /// @throws IllegalStateException when it is not of the expected kind
    default ApiResponse responseTo(ApiCall call, Answer answer) {
        if (!answers().isInstance(answer)) {
            throw new IllegalStateException(
                    operation() + " was answered with " + answer.getClass().getSimpleName());
        }
        return response(call, answers().cast(answer));
    }
}
