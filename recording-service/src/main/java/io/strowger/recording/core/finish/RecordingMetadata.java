package io.strowger.recording.core.finish;

import io.strowger.contracts.recording.RecordingCommand.Finish;
import io.strowger.contracts.recording.RecordingCommand.Pause;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The document about a finished recording: what Azure's has, and what else is known. Durations are
/// milliseconds.
///
/// @param callId `serverCallId`
/// @param chunkDocumentId the recording
/// @param chunkIndex always 0: a recording is one file
/// @param gaps silence in place of lost audio
/// @param sha256 of the file, hexadecimal
/// @param endReason `stopped`, `callEnded` or `mediaLost`
/// @param expiresAt when the file may be deleted
public record RecordingMetadata(
        String resourceId,
        String callId,
        String chunkDocumentId,
        int chunkIndex,
        Instant chunkStartTime,
        long chunkDuration,
        List<Interval> pauseResumeIntervals,
        List<Gap> gaps,
        RecordingInfo recordingInfo,
        List<MetadataParticipant> participants,
        String endReason,
        String sha256,
        long sizeBytes,
        Instant expiresAt) {
    private static final String RESOURCE = "strowger";

    public record Interval(Instant startTime, long duration) {}

    /// @param position of the first sample
    /// @param reason `notWritten` or `notReceived`
    public record Gap(
            Instant startTime, long duration, long position, long samples, String reason) {}

    public record RecordingInfo(
            String contentType,
            String channelType,
            String format,
            AudioConfiguration audioConfiguration) {}

    /// @param bitRate bits per second
    public record AudioConfiguration(int sampleRate, int bitRate, int channels) {}

    /// @param channel of an unmixed recording, 0-based
    public record MetadataParticipant(String participantId, @Nullable Integer channel) {}

    /// The file as it was made.
    ///
    /// @param sampleRate may differ from that of the audio
    public record Made(int sampleRate, int bitRate, long sizeBytes, String sha256) {}

    /// @param now when it is finished
    public static RecordingMetadata of(FinishPlan plan, Made made, Instant now) {
        Finish finish = plan.finish();
        List<Pause> pauses = finish.pauses();
        Clockwork clock = new Clockwork(finish.spec().startedAt(), plan.sampleRate(), pauses);
        return new RecordingMetadata(
                RESOURCE,
                finish.recording().call().toString(),
                finish.recording().toString(),
                0,
                finish.spec().startedAt(),
                clock.length(plan.samples()).toMillis(),
                IntStream.range(0, pauses.size())
                        .mapToObj(index ->
                                new Interval(
                                        clock.pauseAt(index),
                                        pauses.get(index).duration().toMillis()))
                        .toList(),
                plan.silences().stream().map(silence -> gap(silence, clock)).toList(),
                info(plan, made),
                finish.participants().stream()
                        .map(one ->
                                new MetadataParticipant(one.participant().rawId(), one.channel()))
                        .toList(),
                switch (finish.reason()) {
                    case STOPPED -> "stopped";
                    case CALL_ENDED -> "callEnded";
                    case MEDIA_LOST -> "mediaLost";
                },
                made.sha256,
                made.sizeBytes,
                now.plus(finish.keepFor()));
    }

    private static Gap gap(FinishPlan.Silence silence, Clockwork clock) {
        return new Gap(
                clock.at(silence.span().position()),
                clock.length(silence.span().samples()).toMillis(),
                silence.span().position(),
                silence.span().samples(),
                switch (silence.cause()) {
                    case NOT_WRITTEN -> "notWritten";
                    case NOT_RECEIVED -> "notReceived";
                });
    }

    private static RecordingInfo info(FinishPlan plan, Made made) {
        var format = plan.finish().spec().format();
        return new RecordingInfo(
                "audio",
                format.channelType().name().toLowerCase(Locale.ROOT),
                format.fileFormat().name().toLowerCase(Locale.ROOT),
                new AudioConfiguration(made.sampleRate, made.bitRate, plan.channels()));
    }
}
