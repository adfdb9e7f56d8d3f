package io.strowger.orchestrator.core.result;

import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.event.SubscriberEvent.StreamingDetails;
import io.strowger.contracts.media.SpeechFailure;
import io.strowger.contracts.media.StreamOutcome;

/// How streams fail, in the API's numbers: those of transcription; streams of audio, which travel
/// the same way, have none of their own.
public final class StreamResults {
    private static final int NO_RECOGNIZER = 8522;
    private static final int RECOGNIZER_AWAY = 8564;
    private static final int SPEECH_SERVICE = 8565;
    private static final int WEB_SOCKET = 8578;
    private static final int CANCELED = 8579;
    private static final int BAD_URL = 8581;
    private static final int OWN_MODEL = 8605;
    private static final int UNKNOWN = 9999;

    private StreamResults() {}

    /// @param words the stream is a transcription
    public static ResultInformation of(StreamOutcome outcome, boolean words, String detail) {
        String message =
                "Action failed, the "
                        + (words ? "transcription" : "media streaming")
                        + " ended: "
                        + detail
                        + ".";
        return switch (outcome) {
            case BAD_REQUEST -> ResultInformation.of(400, BAD_URL, message);
            case UNAUTHORIZED -> ResultInformation.of(401, WEB_SOCKET, message);
            case FORBIDDEN -> ResultInformation.of(403, WEB_SOCKET, message);
            case TIMEOUT -> ResultInformation.of(408, WEB_SOCKET, message);
            case TOO_MANY_REQUESTS -> ResultInformation.of(429, WEB_SOCKET, message);
            case UNREACHABLE, INTERRUPTED, CLOSED_BY_PEER ->
                    ResultInformation.of(500, WEB_SOCKET, message);
            case STOPPED, FAILED -> ResultInformation.of(500, UNKNOWN, message);
        };
    }

    /// @param words the stream is a transcription: it has no word for a first connection
    public static StreamingDetails details(StreamOutcome outcome, boolean words) {
        return switch (outcome) {
            case BAD_REQUEST -> StreamingDetails.BAD_REQUEST;
            case UNAUTHORIZED -> StreamingDetails.AUTHENTICATION_FAILURE;
            case FORBIDDEN -> StreamingDetails.FORBIDDEN;
            case TIMEOUT -> StreamingDetails.SERVICE_TIMEOUT;
            case TOO_MANY_REQUESTS -> StreamingDetails.TOO_MANY_REQUESTS;
            case UNREACHABLE ->
                    words
                            ? StreamingDetails.STREAM_CONNECTION_UNSUCCESSFUL
                            : StreamingDetails.INITIAL_WEB_SOCKET_CONNECTION_FAILED;
            case INTERRUPTED -> StreamingDetails.STREAM_CONNECTION_UNSUCCESSFUL;
            case CLOSED_BY_PEER -> StreamingDetails.STREAM_CONNECTION_INTERRUPTED;
            case STOPPED, FAILED -> StreamingDetails.UNSPECIFIED_ERROR;
        };
    }

    /// A transcription that understands nothing.
    ///
    /// @param ownModel a model of the application's own was asked for
    public static ResultInformation of(SpeechFailure reason, boolean ownModel, String detail) {
        String message = "Action failed, the transcription ended: " + detail + ".";
        return switch (reason) {
            case NOT_CONFIGURED -> ResultInformation.of(405, NO_RECOGNIZER, message);
            case BAD_REQUEST ->
                    ResultInformation.of(400, ownModel ? OWN_MODEL : SPEECH_SERVICE, message);
            case UNAUTHORIZED -> ResultInformation.of(401, SPEECH_SERVICE, message);
            case FORBIDDEN -> ResultInformation.of(403, SPEECH_SERVICE, message);
            case TIMEOUT -> ResultInformation.of(408, SPEECH_SERVICE, message);
            case TOO_MANY_REQUESTS -> ResultInformation.of(429, SPEECH_SERVICE, message);
            case UNREACHABLE, INTERRUPTED -> ResultInformation.of(500, RECOGNIZER_AWAY, message);
            case FAILED -> ResultInformation.of(500, UNKNOWN, message);
        };
    }

    public static StreamingDetails details(SpeechFailure reason) {
        return switch (reason) {
            case BAD_REQUEST -> StreamingDetails.BAD_REQUEST;
            case UNAUTHORIZED -> StreamingDetails.AUTHENTICATION_FAILURE;
            case FORBIDDEN -> StreamingDetails.FORBIDDEN;
            case TIMEOUT -> StreamingDetails.SERVICE_TIMEOUT;
            case TOO_MANY_REQUESTS -> StreamingDetails.TOO_MANY_REQUESTS;
            case NOT_CONFIGURED, UNREACHABLE, INTERRUPTED ->
                    StreamingDetails.SPEECH_SERVICES_CONNECTION_ERROR;
            case FAILED -> StreamingDetails.UNSPECIFIED_ERROR;
        };
    }

    /// A change of a transcription that ended before it.
    public static ResultInformation updateCanceled() {
        return ResultInformation.of(
                500, CANCELED, "Action failed, the transcription ended before it was updated.");
    }
}
