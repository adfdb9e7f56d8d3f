package io.strowger.contracts.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.contracts.placement.Placement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Asked by another call, in the course of what was asked of that one. Nobody waits for an answer.
public sealed interface BetweenCalls extends CallCommand {
    /// A participant of this call shall go over to another one. Ends in a [TakeOver] there.
    ///
    /// @param by the connection of this call in whose name it is asked
    /// @param to the call it goes to
    /// @param operationId of the move, there
    record HandOver(
            ServerCallId call,
            CallConnectionId by,
            Identifier participant,
            ServerCallId to,
            OperationId operationId)
            implements BetweenCalls {}

    /// A participant of another call comes over to this one, or does not.
    ///
    /// @param operationId of the move
    /// @param dialog to be carried on; null: it does not come
    /// @param begin where this call shall be, if it is none yet: it begins with who comes over
    /// @param owner with `begin`: the application that it counts for; null: none
    /// @param endsAt with `begin`: when it has lasted long enough; null: as if it were new
    record TakeOver(
            ServerCallId call,
            OperationId operationId,
            Identifier participant,
            @Nullable DialogRecord dialog,
            @Nullable Placement begin,
            @Nullable String owner,
            @Nullable Instant endsAt)
            implements BetweenCalls {}
}
