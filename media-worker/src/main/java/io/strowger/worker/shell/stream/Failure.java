package io.strowger.worker.shell.stream;

import io.strowger.contracts.media.StreamOutcome;
import io.strowger.runtime.net.RefusedAddressException;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.UnknownHostException;

/// Why an attempt to connect failed.
///
/// @param again whether another attempt may do better
record Failure(StreamOutcome outcome, String detail, boolean again) {
    static Failure of(Throwable cause) {
        return switch (cause) {
            case UpgradeRejectedException rejected -> refused(rejected.getStatus());
            case RefusedAddressException refused ->
                    new Failure(
                            StreamOutcome.BAD_REQUEST, String.valueOf(refused.getMessage()), false);
            case UnknownHostException _ ->
                    new Failure(StreamOutcome.UNREACHABLE, "the host has no address", true);
            default ->
                    new Failure(
                            StreamOutcome.UNREACHABLE,
                            "no connection: " + cause.getClass().getSimpleName(),
                            true);
        };
    }

    /// The application answered the handshake with something else than 101.
    private static Failure refused(int status) {
        String detail = "the application answered the handshake with " + status;
        return switch (status) {
            case 401 -> new Failure(StreamOutcome.UNAUTHORIZED, detail, false);
            case 403 -> new Failure(StreamOutcome.FORBIDDEN, detail, false);
            case 408, 504 -> new Failure(StreamOutcome.TIMEOUT, detail, true);
            case 429 -> new Failure(StreamOutcome.TOO_MANY_REQUESTS, detail, true);
            default ->
                    status >= 500
                            ? new Failure(StreamOutcome.UNREACHABLE, detail, true)
                            : new Failure(StreamOutcome.BAD_REQUEST, detail, false);
        };
    }
}
