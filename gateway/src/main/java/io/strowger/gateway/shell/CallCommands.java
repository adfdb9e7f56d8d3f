package io.strowger.gateway.shell;

import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.trace.TraceContext;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/// Where commands go and answers come from.
public interface CallCommands {
    /// Sends a command and waits for its answer, for the set time at most. Called on an event loop;
    /// completes there. Whatever goes wrong on the way is an answer too: `Refused` with a status of
    /// 500 or more.
    ///
    /// @param cause where in a trace; null: in none
    Future<Answer> submit(CallRequest request, @Nullable TraceContext cause);
}
