package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.call.CallProperties;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.event.CallRecord.Termination;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.placement.Placement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A call, by how far it is. Each state holds only what is true in it.
public sealed interface CallState {
    /// Nothing is known of it: never created, or forgotten.
    record NotCreated() implements CallState {}

    /// Created, being dialled; nobody rings yet.
    record Connecting(Call call) implements Live {}

    /// Somebody rings.
    record Ringing(Call call) implements Live {}

    /// Somebody answered.
    record Connected(Call call) implements Live {}

    /// All legs were told to end.
    ///
    /// @param result what the connections will be told
    record Disconnecting(Call call, ResultInformation result, Termination termination)
            implements Live {}

    /// Over for everybody who was in it; its recordings are being finished.
    record Settling(Call call) implements Live {}

    /// Over; kept so that late questions and repeated requests find an answer.
    ///
    /// @param connections as they were at the end
    /// @param recordings that were made of it
    /// @param forgetAt when it becomes [NotCreated]
    record Ended(
            List<CallProperties> connections,
            List<RecordingId> recordings,
            List<Remembered> answers,
            Instant forgetAt)
            implements CallState {
        public Ended {
            connections = List.copyOf(connections);
            recordings = List.copyOf(recordings);
            answers = List.copyOf(answers);
        }
    }

    /// A state in which there is a call.
    sealed interface Live extends CallState
            permits Connecting, Ringing, Connected, Disconnecting, Settling {
        Call call();

        /// The same state with the call changed.
        default Live with(Call changed) {
            return switch (this) {
                case Connecting _ -> new Connecting(changed);
                case Ringing _ -> new Ringing(changed);
                case Connected _ -> new Connected(changed);
                case Disconnecting(Call _, ResultInformation result, Termination termination) ->
                        new Disconnecting(changed, result, termination);
                case Settling _ -> new Settling(changed);
            };
        }

        default ConnectionState connectionState() {
            return switch (this) {
                case Connecting _, Ringing _ -> ConnectionState.CONNECTING;
                case Connected _ -> ConnectionState.CONNECTED;
                case Disconnecting _ -> ConnectionState.DISCONNECTING;
                case Settling _ -> ConnectionState.DISCONNECTED;
            };
        }
    }

    /// The timers that run.
    default Map<TimerName, Instant> timers() {
        return switch (this) {
            case NotCreated _ -> Map.of();
            case Live live -> live.call().timers();
            case Ended ended -> Map.of(TimerName.RETENTION, ended.forgetAt());
        };
    }

    /// Where its media is, as long as something is awaited from there.
    default Optional<Placement> placement() {
        return switch (this) {
            case NotCreated _, Ended _ -> Optional.empty();
            case Settling(var call) ->
                    call.recordings().stream().anyMatch(Recording::awaitsMedia)
                            ? Optional.of(call.placement())
                            : Optional.empty();
            case Live live -> Optional.of(live.call().placement());
        };
    }

    /// The application one of whose calls at a time this is.
    default Optional<String> countsFor() {
        return this instanceof Live live && isGoingOn()
                ? Optional.ofNullable(live.call().owner())
                : Optional.empty();
    }

    /// Whether somebody may be talking.
    default boolean isGoingOn() {
        return this instanceof Live && !(this instanceof Settling);
    }
}
