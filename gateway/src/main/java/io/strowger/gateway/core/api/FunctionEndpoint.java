package io.strowger.gateway.core.api;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;

/// An endpoint made of two functions, for operations that share a file.
///
/// @param <A> the answer that the command gets when it is not refused
public record FunctionEndpoint<A extends Answer>(
        ApiOperation operation, Class<A> answers, Reader reader, Writer<A> writer)
        implements Endpoint<A> {
    /// From the request to the command.
    public interface Reader {
        CallCommand read(ApiCall call) throws Refusal;
    }

    /// From the answer to the response.
    public interface Writer<A extends Answer> {
        ApiResponse write(ApiCall call, A answer);
    }

    /// An operation whose response has nothing to say.
    ///
    /// @param status 200, 202 or 204
    public static FunctionEndpoint<Answer> silent(
            ApiOperation operation, int status, Reader reader) {
        return new FunctionEndpoint<>(
                operation, Answer.class, reader, (call, answer) -> ApiResponse.empty(status));
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        return reader.read(call);
    }

    @Override
    public ApiResponse response(ApiCall call, A answer) {
        return writer.write(call, answer);
    }
}
