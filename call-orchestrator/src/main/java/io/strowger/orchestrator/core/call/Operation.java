package io.strowger.orchestrator.core.call;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A play or a recognition that was accepted and has not ended.
///
/// @param legs whom it concerns; empty: everyone
public record Operation(
        OperationId id, CallConnectionId connection, Phase phase, Kind kind, List<LegId> legs) {
    /// How far an operation is.
    public enum Phase {
        /// Waits for those before it.
        QUEUED,
        /// The worker was told to do it.
        RUNNING,
        /// The worker does it.
        STARTED,
        /// The worker was told to end it.
        STOPPING
    }

    /// What is done.
    public sealed interface Kind {}

    public record Playing(CallCommand.Play request) implements Kind {}

    public record Recognizing(CallCommand.Recognize request) implements Kind {}

    public Operation {
        legs = List.copyOf(legs);
    }

    Operation in(Phase next) {
        return new Operation(id, connection, next, kind, legs);
    }

    @Nullable String operationContext() {
        return switch (kind) {
            case Playing(var play) -> play.operationContext();
            case Recognizing(var recognize) -> recognize.operationContext();
        };
    }

    @Nullable URI callbackUri() {
        return switch (kind) {
            case Playing(var play) -> play.operationCallbackUri();
            case Recognizing(var recognize) -> recognize.operationCallbackUri();
        };
    }

    /// What of it an application chose, in characters.
    long characters() {
        String context = operationContext();
        URI callback = callbackUri();
        long own =
                (long) (context == null ? 0 : context.length())
                        + (callback == null ? 0 : callback.toString().length());
        List<PlaySource> sources =
                switch (kind) {
                    case Playing(var play) -> play.sources();
                    case Recognizing(var recognize) -> recognize.prompts();
                };
        return own + sources.stream().mapToLong(Operation::characters).sum();
    }

    private static long characters(PlaySource source) {
        String cacheId = source.cacheId();
        long id = cacheId == null ? 0 : cacheId.length();
        return id
                + switch (source) {
                    case PlaySource.FileSource(var uri, var _) -> uri.toString().length();
                    case PlaySource.TextSource(var text, var _, var _, var _) -> text.length();
                    case PlaySource.SsmlSource(var ssml, var _) -> ssml.length();
                };
    }
}
