package io.strowger.recording.core.finish;

import io.strowger.contracts.recording.RecordingCommand.Finish;
import io.strowger.contracts.recording.RecordingCommand.Loss;
import io.strowger.contracts.recording.RecordingCommand.RecordedParticipant;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.recording.core.timeline.Span;
import io.strowger.recording.core.timeline.Spans;
import io.strowger.recording.core.wav.WavHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What becomes of the spooled audio of a recording.
///
/// @param samples per channel of the file; never fewer than arrived
/// @param channels of the file
/// @param silences that stand for lost audio, in order
public record FinishPlan(
        Finish finish, int sampleRate, long samples, int channels, List<Silence> silences) {
    private static final int MOST_MP3_CHANNELS = 2;

    public FinishPlan {
        silences = List.copyOf(silences);
    }

    /// Silence in place of audio.
    public record Silence(Span span, Cause cause) {}

    /// Why there is silence.
    public enum Cause {
        /// The media worker could not write the audio to Kafka.
        NOT_WRITTEN,
        /// It was recorded, it is said, but it is not on Kafka.
        NOT_RECEIVED
    }

    /// What is on disk of a recording.
    ///
    /// @param samples per channel
    /// @param gaps before the last sample, in order
    /// @param channels had so far
    public record Spooled(int sampleRate, long samples, List<Span> gaps, int channels) {}

    public static FinishPlan of(Finish finish, Spooled spooled) {
        long told = Objects.requireNonNullElse(finish.samples(), 0L);
        long samples = Math.max(told, spooled.samples);
        return new FinishPlan(
                finish,
                spooled.sampleRate,
                samples,
                channels(finish, spooled),
                silences(finish.losses(), spooled, samples));
    }

    /// Why there can be no file; empty: there can.
    public Optional<String> impossible() {
        if (samples > WavHeader.MOST_MONO_SAMPLES) {
            return Optional.of(
                    "a recording has at most " + WavHeader.MOST_MONO_SAMPLES + " samples");
        }
        return finish.spec().format().fileFormat() == FileFormat.MP3 && channels > MOST_MP3_CHANNELS
                ? Optional.of(
                        "an MP3 file has one or two channels, not "
                                + channels
                                + ": record unmixed audio of more participants as WAV")
                : Optional.empty();
    }

    /// Everybody who was given a channel has it, and so has all audio that came.
    private static int channels(Finish finish, Spooled spooled) {
        if (finish.spec().format().channelType() == ChannelType.MIXED) {
            return 1;
        }
        int assigned =
                finish.participants().stream()
                        .map(RecordedParticipant::channel)
                        .filter(Objects::nonNull)
                        .mapToInt(channel -> channel + 1)
                        .max()
                        .orElse(1);
        return Math.max(assigned, spooled.channels);
    }

    /// What is said to be lost was not written; what else is missing did not arrive.
    private static List<Silence> silences(List<Loss> losses, Spooled spooled, long samples) {
        Spans notWritten = new Spans();
        losses.forEach(loss ->
                notWritten.add(
                        loss.position(), Math.min(samples, loss.position() + loss.samples())));
        Spans notReceived = new Spans(spooled.gaps);
        notReceived.add(spooled.samples, samples);
        notWritten.list().forEach(span -> notReceived.remove(span.position(), span.end()));
        List<Silence> all = new ArrayList<>();
        notWritten.list().forEach(span -> all.add(new Silence(span, Cause.NOT_WRITTEN)));
        notReceived.list().forEach(span -> all.add(new Silence(span, Cause.NOT_RECEIVED)));
        all.sort(Comparator.comparingLong(silence -> silence.span().position()));
        return all;
    }
}
