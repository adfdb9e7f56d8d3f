package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.recording.RecordingCommand.EndReason;
import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import io.strowger.orchestrator.core.result.MediaResults;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What is told of recordings: their state to who started them, their files to the installation's
/// applications.
final class RecordingTelling {
    private RecordingTelling() {}

    static void state(Draft draft, Recording recording) {
        state(draft, recording, MediaResults.success());
    }

    /// A version that knows no failed start is told that it does not record.
    static void notStarted(Draft draft, Recording recording, String detail) {
        ResultInformation result = MediaResults.recordingFailed(detail);
        Connection account = account(draft, recording);
        if (account.version().isAtLeast(ApiVersion.V2025_06_15)) {
            tell(
                    draft,
                    recording,
                    result,
                    new SubscriberEvent.StartRecordingFailed(recording.id()));
        } else {
            state(draft, recording, result);
        }
    }

    static void file(Draft draft, Recording recording, RecordingFile file) {
        toApplications(draft, recording, MediaResults.success(), file);
    }

    static void noFile(Draft draft, Recording recording, String detail) {
        toApplications(draft, recording, MediaResults.recordingFailed(detail), null);
    }

    private static void state(Draft draft, Recording recording, ResultInformation result) {
        boolean preview = account(draft, recording).version().isPreview2021();
        tell(
                draft,
                recording,
                preview ? null : result,
                preview
                        ? new SubscriberEvent.CallRecordingStateChanged(
                                recording.id(), recording.state(), recording.startedAt())
                        : new SubscriberEvent.RecordingStateChanged(
                                recording.id(), recording.state(), recording.startedAt()));
    }

    private static void tell(
            Draft draft,
            Recording recording,
            @Nullable ResultInformation result,
            SubscriberEvent event) {
        URI callback = recording.callback();
        if (callback != null) {
            draft.tell(account(draft, recording), callback, null, result, event);
        }
    }

    private static void toApplications(
            Draft draft,
            Recording recording,
            ResultInformation result,
            @Nullable RecordingFile file) {
        EndReason reason = recording.endReason();
        for (URI application : draft.moment().house().directory().eventReceivers()) {
            draft.tell(
                    account(draft, recording),
                    application,
                    null,
                    result,
                    new SubscriberEvent.RecordingFileStatusUpdated(
                            recording.id(),
                            recording.format(),
                            recording.startedAt(),
                            reason == null ? EndReason.STOPPED : reason,
                            file));
        }
    }

    private static Connection account(Draft draft, Recording recording) {
        return draft.call().connection(recording.account()).orElseThrow();
    }
}
