package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand.ChannelAffinity;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.recording.RecordingCommand.EndReason;
import io.strowger.contracts.recording.RecordingCommand.Loss;
import io.strowger.contracts.recording.RecordingCommand.Pause;
import io.strowger.contracts.recording.RecordingCommand.RecordedParticipant;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.contracts.recording.RecordingState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A recording of the call.
///
/// @param account that who is told of it has, in the dialect it was asked in
/// @param callback who is told of its state; null: nobody
/// @param wishes who shall be on which channel of an unmixed one
/// @param opened the recording-service can store it, and its state was told
/// @param endReason since it was told to end
/// @param samples that the worker recorded; null: not known
/// @param participants everybody who was recorded so far
/// @param pausedAt samples recorded before the pause that has not ended; null: it has, or where it
///   began was not told yet
public record Recording(
        RecordingId id,
        CallConnectionId account,
        RecordingFormat format,
        Instant startedAt,
        @Nullable URI callback,
        @Nullable URI container,
        List<ChannelAffinity> wishes,
        Phase phase,
        boolean opened,
        @Nullable EndReason endReason,
        @Nullable Long samples,
        List<Pause> pauses,
        List<Loss> losses,
        List<RecordedParticipant> participants,
        @Nullable Long pausedAt) {
    private static final long SAMPLES_A_MS = 8;
    private static final long FRAME_SAMPLES = 160;

    public Recording {
        wishes = List.copyOf(wishes);
        pauses = List.copyOf(pauses);
        losses = List.copyOf(losses);
        participants = List.copyOf(participants);
    }

    /// How far it is.
    public enum Phase {
        RECORDING,
        PAUSED,
        /// The worker was told to stop, or ends with the call.
        STOPPING,
        /// The recording-service was told to finish the file.
        FINISHING,
        OVER
    }

    RecordingState state() {
        return phase == Phase.RECORDING ? RecordingState.ACTIVE : RecordingState.INACTIVE;
    }

    boolean isUnmixed() {
        return format.channelType() == ChannelType.UNMIXED;
    }

    /// The worker feeds it, or holds it paused.
    boolean isRunning() {
        return phase == Phase.RECORDING || phase == Phase.PAUSED;
    }

    /// The worker has not yet said that all of its audio is in Kafka.
    boolean awaitsMedia() {
        return isRunning() || phase == Phase.STOPPING;
    }

    RecordingSpec spec(UUID correlationId) {
        return new RecordingSpec(id, correlationId, startedAt, format, container);
    }

    Optional<RecordedParticipant> recorded(Identifier who) {
        return participants.stream()
                .filter(one -> one.participant().rawId().equals(who.rawId()))
                .findFirst();
    }

    /// Samples that were recorded until then, in whole frames.
    long positionAt(Instant now) {
        Duration recorded = Duration.between(startedAt, now);
        for (Pause pause : pauses) {
            recorded = recorded.minus(pause.duration());
        }
        long frames = Math.max(0, recorded.toMillis()) * SAMPLES_A_MS / FRAME_SAMPLES;
        return frames * FRAME_SAMPLES;
    }

    /// As another worker takes it over: a pause counts until then, and anew from then on.
    Recording carriedOnAt(Instant now) {
        Long position = pausedAt;
        if (position == null) {
            return phase == Phase.PAUSED ? pausedAt(positionAt(now)) : this;
        }
        Duration paused = Duration.ofMillis((positionAt(now) - position) / SAMPLES_A_MS);
        Recording counted = paused.isPositive() ? withPause(new Pause(position, paused)) : this;
        return counted.pausedAt(phase == Phase.PAUSED ? position : null);
    }

    Recording pausedAt(@Nullable Long position) {
        Change change = new Change(this);
        change.pausedAt = position;
        return change.done();
    }

    Recording in(Phase next) {
        Change change = new Change(this);
        change.phase = next;
        return change.done();
    }

    Recording nowOpened() {
        Change change = new Change(this);
        change.opened = true;
        return change.done();
    }

    Recording stopping(EndReason reason) {
        Change change = new Change(this);
        change.phase = Phase.STOPPING;
        change.endReason = reason;
        return change.done();
    }

    Recording finishing(@Nullable Long recorded) {
        Change change = new Change(this);
        change.phase = Phase.FINISHING;
        change.samples = recorded;
        return change.done();
    }

    Recording withPause(Pause pause) {
        Change change = new Change(this);
        change.pauses = plus(pauses, pause);
        change.pausedAt = null;
        return change.done();
    }

    Recording withLoss(Loss loss) {
        Change change = new Change(this);
        change.losses = plus(losses, loss);
        return change.done();
    }

    Recording withParticipant(RecordedParticipant participant) {
        Change change = new Change(this);
        change.participants = plus(participants, participant);
        return change.done();
    }

    private static <T> List<T> plus(List<T> list, T added) {
        List<T> next = new ArrayList<>(list);
        next.add(added);
        return next;
    }

    /// A copy in the making.
    private static final class Change {
        private final Recording from;
        private Phase phase;
        private boolean opened;
        private @Nullable EndReason endReason;
        private @Nullable Long samples;
        private List<Pause> pauses;
        private List<Loss> losses;
        private List<RecordedParticipant> participants;
        private @Nullable Long pausedAt;

        Change(Recording from) {
            this.from = from;
            this.phase = from.phase;
            this.opened = from.opened;
            this.endReason = from.endReason;
            this.samples = from.samples;
            this.pauses = from.pauses;
            this.losses = from.losses;
            this.participants = from.participants;
            this.pausedAt = from.pausedAt;
        }

        Recording done() {
            return new Recording(
                    from.id,
                    from.account,
                    from.format,
                    from.startedAt,
                    from.callback,
                    from.container,
                    from.wishes,
                    phase,
                    opened,
                    endReason,
                    samples,
                    pauses,
                    losses,
                    participants,
                    pausedAt);
        }
    }
}
