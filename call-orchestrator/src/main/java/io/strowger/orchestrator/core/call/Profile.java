package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand.CreateCall;
import io.strowger.contracts.call.RequestedEvent;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an application said when it came into a call.
///
/// @param targets whom it talks to first
/// @param source its own user, if it named one
/// @param callerId number shown to phone numbers
/// @param callbackUri where its events go; null only for [Origin#OUTSIDE]
/// @param requestedEvents of the 2021 line; empty for the current line
/// @param answeredBy its own user that answered
/// @param answeredFor the number that was called
public record Profile(
        Origin origin,
        List<Identifier> targets,
        @Nullable Identifier source,
        @Nullable PhoneNumber callerId,
        @Nullable String displayName,
        @Nullable URI callbackUri,
        @Nullable String operationContext,
        Set<RequestedEvent> requestedEvents,
        @Nullable Identifier answeredBy,
        @Nullable PhoneNumber answeredFor) {
    /// How it came into the call.
    public enum Origin {
        CREATED,
        ANSWERED,
        JOINED,
        /// It did not: it asks from outside, and hears only how that ends.
        OUTSIDE
    }

    public Profile {
        targets = List.copyOf(targets);
        requestedEvents = Set.copyOf(requestedEvents);
    }

    static Profile of(CreateCall request) {
        return new Profile(
                Origin.CREATED,
                request.targets(),
                request.source(),
                request.callerId(),
                request.sourceDisplayName(),
                request.callbackUri(),
                request.operationContext(),
                request.requestedEvents(),
                null,
                null);
    }

    /// Of who is not in the call.
    static Profile outside() {
        return new Profile(
                Origin.OUTSIDE, List.of(), null, null, null, null, null, Set.of(), null, null);
    }
}
