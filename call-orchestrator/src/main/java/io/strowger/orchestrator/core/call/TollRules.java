package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallRequest;
import io.strowger.orchestrator.core.directory.Directory;
import java.util.List;
import java.util.Optional;

/// Numbers that this installation does not ring, whoever asks; and how many calls at a time one
/// application may have.
final class TollRules {
    private static final String SAID =
            "Calls to this number are not allowed here (calls.allowedPrefixes,"
                    + " calls.deniedPrefixes).";

    private static final String TOO_MANY =
            "This access key has as many calls at a time as it may (calls.maxConcurrent).";

    private TollRules() {}

    /// Refuses a further call to an application that has as many as it may; empty: it has not.
    static Optional<Decision> tooMany(CallRequest request, Moment moment) {
        String application = request.application();
        int most = moment.limits().maxConcurrent();
        return application == null || most == 0 || moment.counts().running(application) < most
                ? Optional.empty()
                : Optional.of(new Decision.Rejected(CallError.TOO_MANY_REQUESTS, TOO_MANY));
    }

    /// The same for a call that is there already; one that counts for somebody counts once.
    static Optional<Decision> tooMany(Call call, CallRequest request, Moment moment) {
        return call.owner() == null ? tooMany(request, moment) : Optional.empty();
    }

    /// From now on the call counts for who asks, unless it counts for somebody.
    static void count(Draft draft, CallRequest request) {
        String application = request.application();
        if (application != null && draft.call().owner() == null) {
            draft.add(new CallEvent.Owned(application));
        }
    }

    /// Refuses a command that would ring such a number; empty: it does not.
    static Optional<Decision> refusal(CallCommand command, Directory directory) {
        return rung(command).stream().allMatch(directory::mayRing)
                ? Optional.empty()
                : Optional.of(new Decision.Rejected(CallError.FORBIDDEN, SAID));
    }

    private static List<Identifier> rung(CallCommand command) {
        return switch (command) {
            case CallCommand.CreateCall create -> create.targets();
            case CallCommand.AddParticipant add -> List.of(add.invitee().target());
            case CallCommand.AddToCall add -> List.of(add.invitee().target());
            case CallCommand.Transfer transfer -> List.of(transfer.target().target());
            case CallCommand.Redirect redirect -> List.of(redirect.target());
            case CallCommand.InCall _, CallCommand.OutOfCall _, BetweenCalls _ -> List.of();
        };
    }
}
