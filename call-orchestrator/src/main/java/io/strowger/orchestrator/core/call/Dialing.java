package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand.Invitee;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.media.MediaCommand;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How somebody is rung: who is shown as the caller, for how long.
final class Dialing {
    private Dialing() {}

    /// A target of the call's creation.
    static MediaCommand of(Draft draft, Leg leg, Connection creator) {
        Profile profile = creator.profile();
        return dial(draft, leg, caller(profile, null), profile.displayName(), null, Map.of());
    }

    /// Somebody further.
    static MediaCommand of(Draft draft, Leg leg, Connection asking, Invitee invitee) {
        Profile profile = asking.profile();
        String name = invitee.displayName();
        return dial(
                draft,
                leg,
                caller(profile, invitee.callerId()),
                name == null ? profile.displayName() : name,
                invitee.timeout(),
                invitee.sipHeaders());
    }

    /// Somebody whom another person calls.
    static MediaCommand of(Draft draft, Leg leg, Identifier caller, @Nullable String name) {
        return dial(draft, leg, caller, name, null, Map.of());
    }

    private static @Nullable Identifier caller(Profile profile, @Nullable PhoneNumber chosen) {
        if (chosen != null) {
            return chosen;
        }
        return profile.callerId() != null ? profile.callerId() : profile.source();
    }

    private static MediaCommand dial(
            Draft draft,
            Leg leg,
            @Nullable Identifier caller,
            @Nullable String name,
            @Nullable Duration timeout,
            Map<String, String> headers) {
        return new MediaCommand.Dial(
                leg.id(),
                leg.participant(),
                caller,
                name,
                timeout == null ? draft.moment().limits().ringTimeout() : timeout,
                reportsTones(draft.call()),
                headers);
    }

    /// Whether each key of everybody is told to somebody.
    static boolean reportsTones(Call call) {
        return call.presentConnections().stream()
                .anyMatch(one -> one.asksFor(RequestedEvent.DTMF_RECEIVED));
    }
}
