package io.strowger.orchestrator.core.call;

import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.id.CommandId;
import org.jspecify.annotations.Nullable;

/// A command that was answered for good, and its answer. Refusals are kept of repeatable ones.
///
/// @param fingerprint of the request, where it was repeatable
public record Remembered(CommandId command, @Nullable String fingerprint, Answer answer) {
    /// Whether a client may ask again under the same id.
    boolean isRepeatable() {
        return fingerprint != null;
    }
}
