package io.strowger.worker.shell.recognizer;

import io.strowger.contracts.media.SpeechFailure;
import io.strowger.worker.core.speech.SpeechRecognizer.Failure;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.UnknownHostException;
import java.util.Locale;

/// Why a recogniser could not be reached, or would not listen.
///
/// @param again whether another attempt may do better
record Refused(Failure failure, boolean again) {
    /// An attempt to connect failed.
    static Refused of(Throwable cause) {
        return switch (cause) {
            case UpgradeRejectedException rejected -> refused(rejected.getStatus());
            case UnknownHostException _ ->
                    refused(SpeechFailure.UNREACHABLE, "its host has no address", true);
            default ->
                    refused(
                            SpeechFailure.UNREACHABLE,
                            "no connection: " + cause.getClass().getSimpleName(),
                            true);
        };
    }

    /// It answered the handshake with something else than 101.
    private static Refused refused(int status) {
        String detail = "it answered the handshake with " + status;
        return switch (status) {
            case 401 -> refused(SpeechFailure.UNAUTHORIZED, detail, false);
            case 403 -> refused(SpeechFailure.FORBIDDEN, detail, false);
            case 408, 504 -> refused(SpeechFailure.TIMEOUT, detail, true);
            case 429 -> refused(SpeechFailure.TOO_MANY_REQUESTS, detail, true);
            default ->
                    status >= 500
                            ? refused(SpeechFailure.UNREACHABLE, detail, true)
                            : refused(SpeechFailure.BAD_REQUEST, detail, false);
        };
    }

    private static Refused refused(SpeechFailure reason, String detail, boolean again) {
        return new Refused(new Failure(reason, detail), again);
    }

    /// The `reason` of an Error frame.
    static SpeechFailure reason(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "badrequest" -> SpeechFailure.BAD_REQUEST;
            case "unauthorized" -> SpeechFailure.UNAUTHORIZED;
            case "forbidden" -> SpeechFailure.FORBIDDEN;
            case "timeout" -> SpeechFailure.TIMEOUT;
            case "toomanyrequests" -> SpeechFailure.TOO_MANY_REQUESTS;
            case "unavailable" -> SpeechFailure.UNREACHABLE;
            default -> SpeechFailure.FAILED;
        };
    }
}
