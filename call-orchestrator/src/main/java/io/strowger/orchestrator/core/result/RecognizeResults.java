package io.strowger.orchestrator.core.result;

import static io.strowger.orchestrator.core.result.MediaResults.failure;

import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.media.MediaEvent.RecognizeEnded;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.SpeechFailure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How recognitions end, in the API's numbers; applications branch on the sub-codes, so they are
/// exact.
public final class RecognizeResults {
    private static final int SPEECH_SERVICE = 8565;
    private static final int SPEECH_CONNECTION = 8564;

    private RecognizeResults() {}

    /// What a recognition that has ended is told as.
    public enum Kind {
        COMPLETED,
        FAILED,
        CANCELED
    }

    /// With at least one tone, an inter-tone timeout is a completion.
    public static Kind kind(RecognizeEnded ended) {
        return switch (ended.outcome()) {
            case MAX_TONES, STOP_TONE, CHOICE_BY_TONE, CHOICE_BY_SPEECH, SPEECH -> Kind.COMPLETED;
            case INTER_TONE_TIMEOUT -> ended.tones().isEmpty() ? Kind.FAILED : Kind.COMPLETED;
            case CANCELED -> Kind.CANCELED;
            case WRONG_TONE,
                    NO_CHOICE_MATCHED,
                    NOT_UNDERSTOOD,
                    SPEECH_FAILED,
                    INITIAL_SILENCE,
                    PROMPT_FAILED,
                    FAILED ->
                    Kind.FAILED;
        };
    }

    public static ResultInformation of(RecognizeEnded ended) {
        String detail = ended.detail();
        return switch (ended.outcome()) {
            case MAX_TONES -> done(8531, "Action completed, max digits received.");
            case STOP_TONE -> done(8514, "Action completed as stop tone was detected.");
            case CHOICE_BY_TONE -> done(8533, "Action completed, DTMF option matched.");
            case CHOICE_BY_SPEECH -> done(8545, "Action completed, speech option matched.");
            case SPEECH -> MediaResults.success();
            case WRONG_TONE ->
                    ResultInformation.of(500, 8534, "Action failed, incorrect tone detected.");
            case NO_CHOICE_MATCHED ->
                    ResultInformation.of(400, 8547, "Action failed, speech option not matched.");
            case NOT_UNDERSTOOD ->
                    ResultInformation.of(400, 8563, "Action failed, speech was not recognized.");
            case SPEECH_FAILED ->
                    speech(
                            Objects.requireNonNullElse(ended.speechFailure(), SpeechFailure.FAILED),
                            detail);
            case INITIAL_SILENCE ->
                    ResultInformation.of(
                            400, 8510, "Action failed, initial silence timeout reached.");
            case INTER_TONE_TIMEOUT ->
                    ResultInformation.of(
                            400,
                            8532,
                            ended.tones().isEmpty()
                                    ? "Action failed, inter-digit silence timeout reached."
                                    : "Action completed, inter-digit silence timeout reached.");
            case CANCELED -> MediaResults.canceled();
            case PROMPT_FAILED -> prompt(ended.promptOutcome(), detail);
            case FAILED -> failure(500, 9999, "Action failed for an unknown reason", detail);
        };
    }

    private static ResultInformation done(int subCode, String message) {
        return ResultInformation.of(200, subCode, message);
    }

    private static ResultInformation prompt(
            @Nullable PlayOutcome outcome, @Nullable String detail) {
        return outcome == PlayOutcome.SPEECH_FAILED
                ? MediaResults.of(outcome, detail)
                : failure(500, 8511, "Action failed, the prompt could not be played", detail);
    }

    private static ResultInformation speech(SpeechFailure why, @Nullable String detail) {
        String refused = "Action failed, the speech service refused the request";
        return switch (why) {
            case NOT_CONFIGURED ->
                    failure(
                            400,
                            SPEECH_SERVICE,
                            "Action failed, there is no speech service",
                            detail);
            case BAD_REQUEST -> failure(400, SPEECH_SERVICE, refused, detail);
            case UNAUTHORIZED -> failure(401, SPEECH_SERVICE, refused, detail);
            case FORBIDDEN -> failure(403, SPEECH_SERVICE, refused, detail);
            case TIMEOUT ->
                    failure(
                            408,
                            SPEECH_SERVICE,
                            "Action failed, the speech service did not answer in time",
                            detail);
            case TOO_MANY_REQUESTS -> failure(429, SPEECH_SERVICE, refused, detail);
            case UNREACHABLE, INTERRUPTED, FAILED ->
                    failure(
                            500,
                            SPEECH_CONNECTION,
                            "Action failed, speech service connection error",
                            detail);
        };
    }
}
