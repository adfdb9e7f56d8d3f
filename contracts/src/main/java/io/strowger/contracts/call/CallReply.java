package io.strowger.contracts.call;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.recording.RecordingState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The value of `call.replies`: the one answer to a command.
///
/// @param commandId of the command that is answered
public record CallReply(CommandId commandId, Answer answer) {
    /// What the answer says.
    public sealed interface Answer {}

    /// The call as it is now: create and get.
    public record Described(CallProperties properties) implements Answer {}

    /// The operation was taken on; its end comes as an event.
    public record OperationStarted(OperationId operationId, @Nullable String operationContext)
            implements Answer {}

    /// Who is in the call.
    public record Roster(List<Participant> participants) implements Answer {
        public Roster {
            participants = List.copyOf(participants);
        }
    }

    /// One participant.
    public record Found(Participant participant) implements Answer {}

    /// Somebody rings.
    public record Invited(
            Participant participant, OperationId invitationId, @Nullable String operationContext)
            implements Answer {}

    /// Participants are on their way here.
    public record Moving(
            List<Participant> participants,
            CallConnectionId from,
            @Nullable String operationContext)
            implements Answer {
        public Moving {
            participants = List.copyOf(participants);
        }
    }

    /// A recording as it is now: start and get.
    public record RecordingDescribed(RecordingId recording, RecordingState state)
            implements Answer {}

    /// Done; there is nothing to say about it.
    public record Done() implements Answer {}

    /// Not done, and nothing changed.
    ///
    /// @param detail what exactly was wrong, for people
    public record Refused(CallError error, String detail) implements Answer {}
}
