package io.strowger.recording.core.finish;

import io.strowger.contracts.recording.RecordingCommand.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What time it was at a sample of a recording.
///
/// @param pauses in order
record Clockwork(Instant startedAt, int sampleRate, List<Pause> pauses) {
    /// When the sample at `position` was recorded: after a pause that began there.
    Instant at(long position) {
        Duration paused =
                pauses.stream()
                        .filter(pause -> pause.position() <= position)
                        .map(Pause::duration)
                        .reduce(Duration.ZERO, Duration::plus);
        return startedAt.plus(length(position)).plus(paused);
    }

    /// When the pause with this index began.
    Instant pauseAt(int index) {
        Duration earlier =
                pauses.subList(0, index).stream()
                        .map(Pause::duration)
                        .reduce(Duration.ZERO, Duration::plus);
        return startedAt.plus(length(pauses.get(index).position())).plus(earlier);
    }

    /// How long so many samples are.
    Duration length(long samples) {
        return Duration.ofSeconds(samples / sampleRate)
                .plusNanos(samples % sampleRate * 1_000_000_000L / sampleRate);
    }
}
