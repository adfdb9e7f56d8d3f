package io.strowger.orchestrator.core.call;

import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.call.CallRequest;

/// A command at work: what comes of it, and who asked.
///
/// @param connection who asked: in the call, or the account of who asks from outside
record Asking(Draft draft, CallRequest request, Connection connection) {
    /// By an application that is not in the call. All of one API version share an account.
    static Asking outside(Draft draft, CallRequest request) {
        return new Asking(draft, request, Outsiders.account(draft, request.apiVersion()));
    }

    Call call() {
        return draft.call();
    }

    Decision answered(Answer answer) {
        return draft.answered(request, answer);
    }

    Decision started(Operation operation) {
        return answered(new OperationStarted(operation.id(), operation.operationContext()));
    }
}
