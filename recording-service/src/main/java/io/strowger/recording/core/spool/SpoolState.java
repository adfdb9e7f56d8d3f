package io.strowger.recording.core.spool;

import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.recording.core.timeline.Span;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a spooled recording beside its audio; a small file next to it.
///
/// @param partition of the log
/// @param startedAt of the recording
/// @param gaps before the last sample, in order
/// @param spec once the recording was opened here, or refused
/// @param refusal why it cannot be stored: its audio is passed over; null: it can
/// @param incomplete whether audio that was read before is not here, so that the log must be read
///   again
/// @param done once it is over; null: not yet
public record SpoolState(
        int partition,
        Instant startedAt,
        int sampleRate,
        List<Span> gaps,
        @Nullable RecordingSpec spec,
        @Nullable String refusal,
        boolean incomplete,
        @Nullable Done done) {
    public SpoolState {
        gaps = List.copyOf(gaps);
    }

    /// How a recording ended.
    ///
    /// @param file as it was reported
    /// @param audioOffset all its audio is below, on `recording.audio`
    public record Done(RecordingFile file, long audioOffset) {}

    /// A recording of which nothing is known yet.
    public static SpoolState fresh(int partition, Instant startedAt, int sampleRate) {
        return new SpoolState(partition, startedAt, sampleRate, List.of(), null, null, false, null);
    }

    public SpoolState withSampleRate(int rate) {
        return new SpoolState(partition, startedAt, rate, gaps, spec, refusal, incomplete, done);
    }

    public SpoolState withGaps(List<Span> now) {
        return new SpoolState(
                partition, startedAt, sampleRate, now, spec, refusal, incomplete, done);
    }

    public SpoolState opened(RecordingSpec by) {
        return new SpoolState(
                partition, startedAt, sampleRate, gaps, by, refusal, incomplete, done);
    }

    public SpoolState refused(RecordingSpec by, String why) {
        return new SpoolState(partition, startedAt, sampleRate, gaps, by, why, incomplete, done);
    }

    public SpoolState incomplete(boolean is) {
        return new SpoolState(partition, startedAt, sampleRate, gaps, spec, refusal, is, done);
    }

    public SpoolState done(RecordingFile file, long audioOffset) {
        return new SpoolState(
                partition,
                startedAt,
                sampleRate,
                gaps,
                spec,
                refusal,
                incomplete,
                new Done(file, audioOffset));
    }
}
