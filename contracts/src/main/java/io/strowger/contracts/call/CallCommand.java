package io.strowger.contracts.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.OperationId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an application asks about a call, the same for both API lines. Shapes and ranges are
/// checked by the gateway and again here, so that no bad value reaches the core.
public sealed interface CallCommand {
    /// The connection that asks.
    CallConnectionId connection();

    /// Places a call to one or several targets. The call itself is `connection().call()`.
    ///
    /// @param targets 1..350
    /// @param source the application's own user, if it names one
    /// @param callerId number shown to phone numbers
    /// @param callbackUri where events of this connection go
    /// @param correlationId the same on every event of the call
    /// @param requestedEvents of the 2021 line; empty for the current line
    record CreateCall(
            CallConnectionId connection,
            List<Identifier> targets,
            @Nullable Identifier source,
            @Nullable PhoneNumber callerId,
            @Nullable String sourceDisplayName,
            URI callbackUri,
            @Nullable String operationContext,
            UUID correlationId,
            Set<RequestedEvent> requestedEvents)
            implements CallCommand {
        public CreateCall {
            targets = List.copyOf(targets);
            requestedEvents = Set.copyOf(requestedEvents);
            if (targets.isEmpty() || targets.size() > 350) {
                throw new IllegalArgumentException("a call has 1..350 targets");
            }
        }
    }

    /// The application leaves; people who are connected to each other stay.
    record HangUp(CallConnectionId connection) implements CallCommand {}

    /// Ends the call for all.
    record Terminate(CallConnectionId connection) implements CallCommand {}

    /// Plays sources one after the other.
    ///
    /// @param sources 1..100
    /// @param playTo who hears it; empty: everyone
    /// @param interrupt ends what plays or waits instead of queueing behind it
    /// @param operationCallbackUri where this operation's events go instead of the connection's
    ///   callback
    record Play(
            CallConnectionId connection,
            OperationId operationId,
            List<PlaySource> sources,
            List<Identifier> playTo,
            boolean loop,
            boolean interrupt,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements CallCommand {
        public Play {
            sources = List.copyOf(sources);
            playTo = List.copyOf(playTo);
            if (sources.isEmpty() || sources.size() > 100) {
                throw new IllegalArgumentException("a play has 1..100 sources");
            }
        }
    }

    /// Plays prompts, then collects tones of one participant.
    ///
    /// @param prompts 0..100, before the silence timer starts
    /// @param interruptPrompt a first tone ends the prompt
    /// @param interrupt ends what plays or waits instead of queueing behind it
    record Recognize(
            CallConnectionId connection,
            OperationId operationId,
            Identifier target,
            List<PlaySource> prompts,
            boolean interruptPrompt,
            boolean interrupt,
            DtmfOptions dtmf,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements CallCommand {
        public Recognize {
            prompts = List.copyOf(prompts);
        }
    }

    /// How tones are collected.
    ///
    /// @param initialSilence 0..300 s, from the end of the prompt to the first tone
    /// @param interTone 1..60 s
    /// @param maxTones at least 1; null: until a stop tone or a timeout
    record DtmfOptions(
            Duration initialSilence,
            Duration interTone,
            @Nullable Integer maxTones,
            Set<Tone> stopTones) {
        public DtmfOptions {
            stopTones = Set.copyOf(stopTones);
            if (initialSilence.isNegative() || initialSilence.toSeconds() > 300) {
                throw new IllegalArgumentException("initial silence timeout out of 0..300 s");
            }
            if (interTone.toMillis() < 1000 || interTone.toSeconds() > 60) {
                throw new IllegalArgumentException("inter tone timeout out of 1..60 s");
            }
            if (maxTones != null && maxTones < 1) {
                throw new IllegalArgumentException("max tones to collect is at least 1");
            }
        }
    }

    /// Ends everything that plays, collects or waits in the call.
    record CancelAllMedia(
            CallConnectionId connection, OperationId operationId, @Nullable String operationContext)
            implements CallCommand {}

    /// Reads the connection's properties.
    record DescribeCall(CallConnectionId connection) implements CallCommand {}

    /// Reads who is in the call.
    record ListParticipants(CallConnectionId connection) implements CallCommand {}

    /// Reads one participant.
    record GetParticipant(CallConnectionId connection, Identifier participant)
            implements CallCommand {}
}
