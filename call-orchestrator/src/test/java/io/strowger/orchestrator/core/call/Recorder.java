package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.ChannelAffinity;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What applications, worker and recording-service do with recordings of the one call of a test.
final class Recorder {
    static final RecordingFormat MIXED = new RecordingFormat(ChannelType.MIXED, FileFormat.WAV);
    static final URI STATE = URI.create("https://app.example/state");
    static final RecordingId FIRST = Inputs.CALL.recording(1);
    static final RecordingId SECOND = Inputs.CALL.recording(2);

    private Recorder() {}

    static CallInput records(long number) {
        return records(number, Inputs.NEWEST);
    }

    static CallInput records(long number, ApiVersion version) {
        return Inputs.asks(300 + number, null, version, command(number, null, false));
    }

    static CallInput recordsBy(long number, CallConnectionId connection) {
        return Inputs.asks(300 + number, command(number, connection, false));
    }

    static CallInput recordsPaused(long number) {
        return Inputs.asks(300 + number, command(number, null, true));
    }

    private static CallCommand command(
            long number, @Nullable CallConnectionId connection, boolean paused) {
        return new CallCommand.StartRecording(
                Inputs.CALL,
                connection,
                Inputs.operation(number),
                MIXED,
                List.of(),
                List.of(),
                paused,
                STATE,
                null);
    }

    static CallInput recordsUnmixed(
            long number, List<Identifier> ordering, ChannelAffinity... affinity) {
        return Inputs.asks(
                300 + number,
                new CallCommand.StartRecording(
                        Inputs.CALL,
                        null,
                        Inputs.operation(number),
                        new RecordingFormat(ChannelType.UNMIXED, FileFormat.WAV),
                        ordering,
                        List.of(affinity),
                        false,
                        STATE,
                        null));
    }

    static CallInput pauses(long number, RecordingId recording) {
        return Inputs.asks(320 + number, new CallCommand.PauseRecording(recording));
    }

    static CallInput resumes(long number, RecordingId recording) {
        return Inputs.asks(340 + number, new CallCommand.ResumeRecording(recording));
    }

    static CallInput stops(long number, RecordingId recording) {
        return Inputs.asks(360 + number, new CallCommand.StopRecording(recording));
    }

    static CallInput describes(RecordingId recording) {
        return Inputs.asks(380, new CallCommand.DescribeRecording(recording));
    }

    static CallInput opened(RecordingId recording) {
        return new CallInput.RecordingReported(new RecordingEvent.Opened(recording));
    }

    static CallInput notOpened(RecordingId recording) {
        return new CallInput.RecordingReported(
                new RecordingEvent.OpenFailed(recording, "no space left"));
    }

    static CallInput finished(RecordingId recording) {
        URI object = URI.create("https://calls.example/v1/objects/" + recording);
        return new CallInput.RecordingReported(
                new RecordingEvent.Finished(
                        recording,
                        new RecordingFile(
                                recording.toString(),
                                object,
                                object,
                                object,
                                Duration.ofSeconds(9),
                                144_044,
                                "00")));
    }

    static CallInput failed(RecordingId recording) {
        return new CallInput.RecordingReported(new RecordingEvent.Failed(recording, "gone"));
    }

    static CallInput stopped(RecordingId recording, long samples) {
        return Inputs.reports(new MediaEvent.RecordingStopped(recording, samples));
    }

    static CallInput wasPaused(RecordingId recording, long position, Duration pause) {
        return Inputs.reports(new MediaEvent.RecordingResumed(recording, position, pause));
    }

    static CallInput lost(RecordingId recording, long position, long samples) {
        return Inputs.reports(new MediaEvent.RecordingAudioLost(recording, position, samples));
    }
}
