package io.strowger.gateway.shell;

import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallRequest;
import io.vertx.core.Future;

/// Where commands go and their answers come from.
public interface CallCommands {
    /// Hands a command to whoever decides.
    ///
    /// @return its answer; `Refused(NOT_READY)` when none came in time or none can be had now.
    ///   Completed on the caller's context. Never fails.
    Future<Answer> submit(CallRequest request);
}
