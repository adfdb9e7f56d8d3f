package io.strowger.gateway.shell;

import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallRequest;
import io.vertx.core.Future;

/// Where commands go and answers come from.
public interface CallCommands {
    /// Sends a command and waits for its answer, for the set time at most. Called on an event loop;
    /// completes there. Whatever goes wrong on the way is an answer too: `Refused` with a status of
    /// 500 or more.
    Future<Answer> submit(CallRequest request);
}
