package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.call.CallCommand;
import io.strowger.orchestrator.core.directory.Directory;
import java.util.List;
import java.util.Optional;

/// Numbers that this installation does not ring, whoever asks.
final class TollRules {
    private static final String SAID =
            "Calls to this number are not allowed here (calls.allowedPrefixes,"
                    + " calls.deniedPrefixes).";

    private TollRules() {}

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
