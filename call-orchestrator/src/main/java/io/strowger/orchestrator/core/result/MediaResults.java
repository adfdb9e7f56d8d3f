package io.strowger.orchestrator.core.result;

import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.media.PlayOutcome;
import org.jspecify.annotations.Nullable;

/// How plays end, in the API's numbers; applications branch on the sub-codes, so they are exact.
public final class MediaResults {
    private MediaResults() {}

    public static ResultInformation success() {
        return ResultInformation.of(200, 0, "Action completed successfully.");
    }

    public static ResultInformation canceled() {
        return ResultInformation.of(400, 8508, "Action failed, the operation was cancelled.");
    }

    /// Tones that could not be sent.
    public static ResultInformation notSent(String reason) {
        return failure(500, 9999, "Action failed, the tones were not sent", reason);
    }

    /// A recording that could not be stored.
    public static ResultInformation recordingFailed(String reason) {
        return failure(500, 9999, "Action failed, the recording could not be stored", reason);
    }

    public static ResultInformation of(PlayOutcome outcome, @Nullable String detail) {
        return switch (outcome) {
            case COMPLETED -> success();
            case CANCELED -> canceled();
            case FETCH_FAILED ->
                    failure(400, 8536, "Action failed, the file could not be downloaded", detail);
            case BAD_FORMAT ->
                    failure(400, 8535, "Action failed, the file format is invalid", detail);
            case SPEECH_FAILED ->
                    failure(
                            400,
                            8565,
                            "Action failed, the speech service could not speak the text",
                            detail);
            case FAILED -> failure(500, 9999, "Action failed for an unknown reason", detail);
        };
    }

    static ResultInformation failure(
            int code, int subCode, String message, @Nullable String detail) {
        return ResultInformation.of(
                code, subCode, detail == null ? message + "." : message + ": " + detail);
    }
}
