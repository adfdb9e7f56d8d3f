package io.strowger.orchestrator.core.result;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.media.LegEnd;

/// How a leg ended, in the API's numbers. Phone numbers get 560xxx with xxx the SIP status, as
/// carriers report it; users the codes of the calling service.
public final class LegResults {
    private static final int OUTBOUND_PSTN = 560_000;

    private LegResults() {}

    /// The application ended the call.
    public static ResultInformation endedByApplication() {
        return result(200, 7000, "The call was ended by the application.", 0, "");
    }

    /// The worker that carried the call is gone.
    public static ResultInformation mediaLost() {
        return result(410, 301_005, "The media of the call was lost.", 0, "");
    }

    /// The call was longer than allowed.
    public static ResultInformation tooLong() {
        return result(200, 7000, "The call reached its maximum length.", 0, "");
    }

    /// Nobody has this number or name.
    public static ResultInformation unknownTarget() {
        return result(404, 511_404, "Nobody is reached at what was called.", 404, "Not Found");
    }

    /// The application refused the call.
    ///
    /// @param sipStatus as the caller was told
    public static ResultInformation rejected(int sipStatus) {
        return result(
                sipStatus,
                sipStatus == 603 ? 0 : 540_000 + sipStatus,
                "The application refused the call.",
                0,
                "");
    }

    /// An invitation was taken back, or a participant removed.
    public static ResultInformation removed() {
        return result(200, 5300, "Removed by the application.", 0, "");
    }

    /// Too late to take an invitation back.
    public static ResultInformation answeredAlready() {
        return result(400, 8501, "The participant answered already.", 0, "");
    }

    public static ResultInformation invitationOver() {
        return result(
                400,
                8501,
                "The invitation is over: the participant answered, refused or is gone.",
                0,
                "");
    }

    /// Who shall come over is not in the other call, or it is not the asking application's.
    public static ResultInformation notThere() {
        return result(404, 8522, "The participant was not found in the other call.", 0, "");
    }

    /// The call ended before the operation did.
    public static ResultInformation callOver() {
        return result(487, 0, "The call ended first.", 0, "");
    }

    /// Nobody answered in time.
    public static ResultInformation noAnswer(Identifier participant) {
        return result(
                487,
                participant instanceof PhoneNumber ? OUTBOUND_PSTN + 487 : 10_004,
                "The call was not answered in time.",
                487,
                "Request Terminated");
    }

    public static ResultInformation of(LegEnd end, Identifier participant) {
        boolean number = participant instanceof PhoneNumber;
        return switch (end.cause()) {
            case REMOTE_HANG_UP ->
                    number
                            ? result(200, OUTBOUND_PSTN, "The participant hung up.", 0, "")
                            : result(200, 0, "The participant hung up.", 0, "");
            case LOCAL_HANG_UP -> endedByApplication();
            case NO_ANSWER -> noAnswer(participant);
            case REFUSED -> refused(end, number);
            case NO_ROUTE ->
                    number
                            ? result(
                                    404,
                                    511_532,
                                    "No trunk leads to this number: " + end.reason(),
                                    0,
                                    "")
                            : result(
                                    480, 10_037, "No endpoint is registered for this user.", 0, "");
            case UNREACHABLE -> unreachable(end, number);
            case MEDIA_LOST -> mediaLost();
            case NO_CAPACITY ->
                    result(
                            503,
                            OUTBOUND_PSTN + 503,
                            "No capacity for this call: " + end.reason(),
                            503,
                            end.reason());
            case WORKER_FAILURE ->
                    result(
                            end.sipStatus() == 503 ? 503 : 500,
                            OUTBOUND_PSTN + (end.sipStatus() == 503 ? 503 : 500),
                            "The media worker failed: " + end.reason(),
                            0,
                            "");
        };
    }

    private static ResultInformation refused(LegEnd end, boolean number) {
        int status = end.sipStatus();
        String message = "The call was refused: " + status + " " + end.reason();
        if (number) {
            return result(status, OUTBOUND_PSTN + status, message, status, end.reason());
        }
        int subCode =
                switch (status) {
                    case 603 -> 0;
                    case 480 -> 10_037;
                    case 487 -> 10_004;
                    default -> OUTBOUND_PSTN + status;
                };
        return result(status, subCode, message, status, end.reason());
    }

    private static ResultInformation unreachable(LegEnd end, boolean number) {
        int status = end.sipStatus() == 0 ? 408 : end.sipStatus();
        return result(
                status,
                number || status != 408 ? OUTBOUND_PSTN + status : 10_057,
                "The far end did not answer as it should: " + end.reason(),
                end.sipStatus(),
                end.reason());
    }

    private static ResultInformation result(
            int code, int subCode, String message, int sipStatus, String sipReason) {
        String text = message + " DiagCode: 0#" + subCode + ".@";
        return sipStatus == 0
                ? ResultInformation.of(code, subCode, text)
                : new ResultInformation(code, subCode, text, sipStatus, sipReason);
    }
}
