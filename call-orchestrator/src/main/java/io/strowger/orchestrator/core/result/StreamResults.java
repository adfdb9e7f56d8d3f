package io.strowger.orchestrator.core.result;

import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.event.SubscriberEvent.StreamingDetails;
import io.strowger.contracts.media.StreamOutcome;

/// How streams fail, in the API's numbers: those of transcription, which travels the same way.
public final class StreamResults {
    private static final int WEB_SOCKET = 8578;
    private static final int BAD_URL = 8581;
    private static final int UNKNOWN = 9999;

    private StreamResults() {}

    public static ResultInformation of(StreamOutcome outcome, String detail) {
        String message = "Action failed, the media streaming ended: " + detail + ".";
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

    public static StreamingDetails details(StreamOutcome outcome) {
        return switch (outcome) {
            case BAD_REQUEST -> StreamingDetails.BAD_REQUEST;
            case UNAUTHORIZED -> StreamingDetails.AUTHENTICATION_FAILURE;
            case FORBIDDEN -> StreamingDetails.FORBIDDEN;
            case TIMEOUT -> StreamingDetails.SERVICE_TIMEOUT;
            case TOO_MANY_REQUESTS -> StreamingDetails.TOO_MANY_REQUESTS;
            case UNREACHABLE -> StreamingDetails.INITIAL_WEB_SOCKET_CONNECTION_FAILED;
            case INTERRUPTED -> StreamingDetails.STREAM_CONNECTION_UNSUCCESSFUL;
            case CLOSED_BY_PEER -> StreamingDetails.STREAM_CONNECTION_INTERRUPTED;
            case STOPPED, FAILED -> StreamingDetails.UNSPECIFIED_ERROR;
        };
    }
}
