package io.strowger.contracts.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.stream.StreamOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an application asks about a call, the same for both API lines. Shapes and ranges are
/// checked by the gateway and again here, so that no bad value reaches the core.
public sealed interface CallCommand {
    /// The call that it is about.
    ServerCallId call();

    /// Asked by a connection.
    sealed interface InCall extends CallCommand {
        /// The connection that asks.
        CallConnectionId connection();

        @Override
        default ServerCallId call() {
            return connection().call();
        }
    }

    /// Asked by an application that is not in the call, or not yet.
    sealed interface OutOfCall extends CallCommand {}

    /// Asked by another call, in the course of what was asked of that one. Nobody waits for an
    /// answer.
    sealed interface BetweenCalls extends CallCommand {}

    /// Places a call to one or several targets. The call itself is `connection().call()`.
    ///
    /// @param targets 1..350
    /// @param source the application's own user, if it names one
    /// @param callerId number shown to phone numbers
    /// @param callbackUri where events of this connection go
    /// @param correlationId the same on every event of the call
    /// @param requestedEvents of the 2021 line; empty for the current line
    /// @param streaming null: nothing is streamed to it
    record CreateCall(
            CallConnectionId connection,
            List<Identifier> targets,
            @Nullable Identifier source,
            @Nullable PhoneNumber callerId,
            @Nullable String sourceDisplayName,
            URI callbackUri,
            @Nullable String operationContext,
            UUID correlationId,
            Set<RequestedEvent> requestedEvents,
            @Nullable StreamOptions streaming)
            implements InCall {
        public CreateCall {
            targets = List.copyOf(targets);
            requestedEvents = Set.copyOf(requestedEvents);
            if (targets.isEmpty() || targets.size() > 350) {
                throw new IllegalArgumentException("a call has 1..350 targets");
            }
        }
    }

    /// The application leaves; people who are connected to each other stay.
    record HangUp(CallConnectionId connection) implements InCall {}

    /// Ends the call for all.
    record Terminate(CallConnectionId connection) implements InCall {}

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
            implements InCall {
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
            implements InCall {
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
            implements InCall {}

    /// Reads the connection's properties.
    record DescribeCall(CallConnectionId connection) implements InCall {}

    /// Reads who is in the call.
    record ListParticipants(CallConnectionId connection) implements InCall {}

    /// Reads one participant.
    record GetParticipant(CallConnectionId connection, Identifier participant) implements InCall {}

    /// Rings somebody and takes them into the call.
    ///
    /// @param operationId the invitation
    record AddParticipant(
            CallConnectionId connection,
            OperationId operationId,
            Invitee invitee,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements InCall {}

    /// Whom an invitation rings.
    ///
    /// @param callerId number shown to a phone number
    /// @param timeout how long it rings, 0..180 s; null: as long as any
    /// @param sipHeaders further headers for the INVITE
    record Invitee(
            Identifier target,
            @Nullable PhoneNumber callerId,
            @Nullable String displayName,
            @Nullable Duration timeout,
            Map<String, String> sipHeaders) {
        public Invitee {
            sipHeaders = Map.copyOf(sipHeaders);
            if (timeout != null && (timeout.isNegative() || timeout.toSeconds() > 180)) {
                throw new IllegalArgumentException("invitation timeout out of 0..180 s");
            }
        }
    }

    /// Whom a command is about: one identifier may have been in a call several times, a leg once.
    sealed interface Whom {}

    record ByIdentifier(Identifier identifier) implements Whom {}

    record ByLeg(LegId leg) implements Whom {}

    /// Hangs up on a participant, or cancels its invitation.
    record RemoveParticipant(
            CallConnectionId connection,
            OperationId operationId,
            Whom whom,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements InCall {}

    /// Takes back an invitation that nobody has answered yet.
    record CancelAddParticipant(
            CallConnectionId connection,
            OperationId operationId,
            OperationId invitationId,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements InCall {}

    /// The others hear these participants no more.
    ///
    /// @param targets 1..350
    record MuteParticipants(
            CallConnectionId connection,
            OperationId operationId,
            List<Identifier> targets,
            @Nullable String operationContext)
            implements InCall {
        public MuteParticipants {
            targets = List.copyOf(targets);
        }
    }

    /// Parts a participant from the others; it hears music.
    ///
    /// @param music null: silence
    record Hold(
            CallConnectionId connection,
            OperationId operationId,
            Identifier target,
            @Nullable PlaySource music,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements InCall {}

    /// Joins a held participant with the others again.
    record Unhold(CallConnectionId connection, Identifier target, @Nullable String operationContext)
            implements InCall {}

    /// Each key that the participant presses is told from now on.
    record StartContinuousDtmf(
            CallConnectionId connection,
            Identifier target,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements InCall {}

    /// ... or no more.
    record StopContinuousDtmf(
            CallConnectionId connection,
            Identifier target,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements InCall {}

    /// Presses keys towards a participant.
    ///
    /// @param tones 1..
    record SendDtmfTones(
            CallConnectionId connection,
            OperationId operationId,
            List<Tone> tones,
            Identifier target,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements InCall {
        public SendDtmfTones {
            tones = List.copyOf(tones);
        }
    }

    /// Streams the call to the application, as its [StreamOptions] say.
    record StartStreaming(
            CallConnectionId connection,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements InCall {}

    /// ... or no more.
    record StopStreaming(
            CallConnectionId connection,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements InCall {}

    /// Rings somebody who shall talk to a participant in the application's place.
    ///
    /// @param transferee who is transferred; null: the only participant there is
    record Transfer(
            CallConnectionId connection,
            OperationId operationId,
            Invitee target,
            @Nullable Identifier transferee,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements InCall {}

    /// Takes participants of another call into this one.
    ///
    /// @param targets 1..350
    /// @param from the connection in the other call
    record MoveParticipants(
            CallConnectionId connection,
            OperationId operationId,
            List<Identifier> targets,
            CallConnectionId from,
            @Nullable String operationContext,
            @Nullable URI operationCallbackUri)
            implements InCall {
        public MoveParticipants {
            targets = List.copyOf(targets);
        }
    }

    /// Takes a call that somebody makes to the application.
    ///
    /// @param answeredBy the application's own user, if it names one
    /// @param streaming null: nothing is streamed to it
    record Answer(
            ServerCallId call,
            URI callbackUri,
            @Nullable String operationContext,
            @Nullable Identifier answeredBy,
            @Nullable StreamOptions streaming)
            implements OutOfCall {}

    /// Passes such a call on.
    record Redirect(ServerCallId call, Identifier target) implements OutOfCall {}

    /// Refuses such a call.
    record Reject(ServerCallId call, RejectReason reason) implements OutOfCall {}

    /// `callRejectReason` of the API.
    enum RejectReason {
        NONE,
        BUSY,
        FORBIDDEN
    }

    /// The application joins a call that goes on without it: connect of the current line, join of
    /// 2021.
    ///
    /// @param source the application's own user, if it names one
    /// @param requestedEvents of the 2021 line; empty for the current line
    /// @param streaming null: nothing is streamed to it
    record Join(
            ServerCallId call,
            URI callbackUri,
            @Nullable Identifier source,
            @Nullable String operationContext,
            Set<RequestedEvent> requestedEvents,
            @Nullable StreamOptions streaming)
            implements OutOfCall {
        public Join {
            requestedEvents = Set.copyOf(requestedEvents);
        }
    }

    /// [AddParticipant] by an application that is not in the call.
    record AddToCall(
            ServerCallId call,
            OperationId operationId,
            Invitee invitee,
            @Nullable String operationContext,
            @Nullable URI callbackUri)
            implements OutOfCall {}

    /// [RemoveParticipant] by an application that is not in the call. Nobody is told how it ends.
    record RemoveFromCall(ServerCallId call, OperationId operationId, Whom whom)
            implements OutOfCall {}

    /// Plays to all of a call that the application is not in.
    ///
    /// @param sources 1..100
    record PlayToCall(
            ServerCallId call,
            OperationId operationId,
            List<PlaySource> sources,
            boolean loop,
            @Nullable String operationContext,
            @Nullable URI callbackUri)
            implements OutOfCall {
        public PlayToCall {
            sources = List.copyOf(sources);
            if (sources.isEmpty() || sources.size() > 100) {
                throw new IllegalArgumentException("a play has 1..100 sources");
            }
        }
    }

    /// Begins a recording of a call, whether the application is in it or not.
    ///
    /// @param connection that the call was named by; null: named by its own id
    /// @param stateCallbackUri who is told of the recording's state; null: nobody
    /// @param ordering unmixed: the first participant on channel 0, the next on 1...; 0..5
    /// @param affinity unmixed: who shall be on which channel, before `ordering`
    /// @param container an S3 bucket of the application's own for the files; null: the
    ///   installation's store
    record StartRecording(
            ServerCallId call,
            @Nullable CallConnectionId connection,
            OperationId operationId,
            RecordingFormat format,
            List<Identifier> ordering,
            List<ChannelAffinity> affinity,
            boolean pauseOnStart,
            @Nullable URI stateCallbackUri,
            @Nullable URI container)
            implements OutOfCall {
        public StartRecording {
            ordering = List.copyOf(ordering);
            affinity = List.copyOf(affinity);
            if (ordering.size() > RecordingFormat.MAX_CHANNELS) {
                throw new IllegalArgumentException("a recording has at most 5 channels");
            }
        }
    }

    /// @param channel 0..4
    record ChannelAffinity(int channel, Identifier participant) {
        public ChannelAffinity {
            if (channel < 0 || channel >= RecordingFormat.MAX_CHANNELS) {
                throw new IllegalArgumentException("a channel is 0..4");
            }
        }
    }

    /// Asked about a recording.
    sealed interface OfRecording extends OutOfCall {
        RecordingId recording();

        @Override
        default ServerCallId call() {
            return recording().call();
        }
    }

    /// Reads whether it records.
    record DescribeRecording(RecordingId recording) implements OfRecording {}

    record PauseRecording(RecordingId recording) implements OfRecording {}

    record ResumeRecording(RecordingId recording) implements OfRecording {}

    /// Ends it: its file follows.
    record StopRecording(RecordingId recording) implements OfRecording {}

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
