package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand.Invitee;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Identifiers;
import io.strowger.gateway.core.api.Refusal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads whom an operation rings, and how.
final class Invitees {
    private static final int LONGEST_INVITATION_S = 180;

    private Invitees() {}

    /// To be added to a call. A number needs a number to be shown.
    static Invitee added(ApiVersion version, Fields body) throws Refusal {
        Identifier target = Identifiers.dialable(body.requiredObject("participantToAdd"));
        PhoneNumber callerId = Identifiers.number(body, "sourceCallerIdNumber");
        if (callerId == null && target instanceof PhoneNumber) {
            throw body.invalid(
                    "sourceCallerIdNumber", "is required where the participant is a phone number");
        }
        Integer seconds = body.integer("invitationTimeoutInSeconds", 0, LONGEST_INVITATION_S);
        return new Invitee(
                target,
                callerId,
                body.text("sourceDisplayName"),
                timeout(seconds),
                sipHeaders(version, body));
    }

    /// To be transferred to.
    static Invitee transferTarget(ApiVersion version, Fields body) throws Refusal {
        return new Invitee(
                Identifiers.dialable(body.requiredObject("targetParticipant")),
                version.isAtLeast(ApiVersion.V2024_09_15)
                        ? Identifiers.number(body, "sourceCallerIdNumber")
                        : null,
                null,
                null,
                sipHeaders(version, body));
    }

    /// Zero is as long as any.
    private static @Nullable Duration timeout(@Nullable Integer seconds) {
        return seconds == null || seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    private static Map<String, String> sipHeaders(ApiVersion version, Fields body) throws Refusal {
        Fields context = body.object("customCallingContext");
        return context == null || !version.isAtLeast(ApiVersion.V2023_10_15)
                ? Map.of()
                : context.textMap("sipHeaders");
    }
}
