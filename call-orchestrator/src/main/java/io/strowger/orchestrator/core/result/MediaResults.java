package io.strowger.orchestrator.core.result;

import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.RecognizeOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How plays and recognitions end, in the API's numbers; applications branch on the sub-codes, so
/// they are exact.
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

    /// @param tones collected so far: with at least one, an inter-tone timeout is a completion
    public static ResultInformation of(
            RecognizeOutcome outcome,
            List<?> tones,
            @Nullable PlayOutcome prompt,
            @Nullable String detail) {
        return switch (outcome) {
            case MAX_TONES ->
                    ResultInformation.of(200, 8531, "Action completed, max digits received.");
            case STOP_TONE ->
                    ResultInformation.of(200, 8514, "Action completed as stop tone was detected.");
            case INITIAL_SILENCE ->
                    ResultInformation.of(
                            400, 8510, "Action failed, initial silence timeout reached.");
            case INTER_TONE_TIMEOUT ->
                    tones.isEmpty()
                            ? ResultInformation.of(
                                    400,
                                    8532,
                                    "Action failed, inter-digit silence timeout reached.")
                            : ResultInformation.of(
                                    400,
                                    8532,
                                    "Action completed, inter-digit silence timeout reached.");
            case CANCELED -> canceled();
            case PROMPT_FAILED ->
                    prompt == PlayOutcome.SPEECH_FAILED
                            ? of(prompt, detail)
                            : failure(
                                    500,
                                    8511,
                                    "Action failed, the prompt could not be played",
                                    detail);
            case FAILED -> failure(500, 9999, "Action failed for an unknown reason", detail);
        };
    }

    /// Whether a recognition that ended so is told as RecognizeCompleted.
    public static boolean isCompletion(RecognizeOutcome outcome, List<?> tones) {
        return switch (outcome) {
            case MAX_TONES, STOP_TONE -> true;
            case INTER_TONE_TIMEOUT -> !tones.isEmpty();
            case INITIAL_SILENCE, CANCELED, PROMPT_FAILED, FAILED -> false;
        };
    }

    private static ResultInformation failure(
            int code, int subCode, String message, @Nullable String detail) {
        return ResultInformation.of(
                code, subCode, detail == null ? message + "." : message + ": " + detail);
    }
}
