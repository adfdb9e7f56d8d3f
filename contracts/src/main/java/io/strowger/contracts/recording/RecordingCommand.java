package io.strowger.contracts.recording;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.RecordingId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The value of `recording.commands`: what the recording-service is told. The audio itself needs no
/// command: its records say where it belongs. A repeated command has no second effect, but its
/// report comes again.
public sealed interface RecordingCommand {
    RecordingSpec spec();

    default RecordingId recording() {
        return spec().recording();
    }

    /// Makes sure that the recording can be stored. Ends in [RecordingEvent.Opened] or
    /// [RecordingEvent.OpenFailed]. Audio may have arrived before.
    record Open(RecordingSpec spec) implements RecordingCommand {}

    /// No more audio is written: all that is in `recording.audio` when this is read belongs to the
    /// file, and nothing after. Ends in [RecordingEvent.Finished] or [RecordingEvent.Failed]. Says
    /// all that is needed to finish, whoever took the audio.
    ///
    /// @param samples that were recorded, pauses left out; what is missing of them becomes silence;
    ///   null: not known, the file ends with the last that arrived
    /// @param pauses in order
    /// @param losses audio that never reached Kafka, in order: silence in the file
    /// @param participants everybody who was in the call while it was recorded
    /// @param keepFor how long the files stay
    record Finish(
            RecordingSpec spec,
            EndReason reason,
            @Nullable Long samples,
            List<Pause> pauses,
            List<Loss> losses,
            List<RecordedParticipant> participants,
            Duration keepFor)
            implements RecordingCommand {
        public Finish {
            pauses = List.copyOf(pauses);
            losses = List.copyOf(losses);
            participants = List.copyOf(participants);
        }
    }

    /// Why a recording ended.
    enum EndReason {
        /// It was asked to stop.
        STOPPED,
        /// Its call ended.
        CALL_ENDED,
        /// The media worker that fed it was lost.
        MEDIA_LOST
    }

    /// A cut: nothing was recorded.
    ///
    /// @param position samples recorded before it
    /// @param duration how long it lasted
    record Pause(long position, Duration duration) {}

    /// Samples that were recorded but could not be written to Kafka.
    ///
    /// @param position of the first
    record Loss(long position, long samples) {}

    /// Somebody who was recorded.
    ///
    /// @param channel of an unmixed recording, 0-based; null: mixed, or none was left
    record RecordedParticipant(Identifier participant, @Nullable Integer channel) {}
}
