package io.strowger.orchestrator.core.call;

import io.strowger.contracts.media.LegEnd;

/// What a caller is told who is not put through.
///
/// @param status 400..699
record Refusal(int status, String reason) {
    static final Refusal UNKNOWN = new Refusal(404, "Not Found");
    static final Refusal UNAVAILABLE = new Refusal(480, "Temporarily Unavailable");
    static final Refusal BUSY = new Refusal(486, "Busy Here");
    static final Refusal FORBIDDEN = new Refusal(403, "Forbidden");
    static final Refusal DECLINED = new Refusal(603, "Decline");
    static final Refusal FAILED = new Refusal(503, "Service Unavailable");

    /// The caller hears what became of whom they called.
    static Refusal of(LegEnd end) {
        return switch (end.cause()) {
            case REFUSED ->
                    end.sipStatus() >= 400
                            ? new Refusal(end.sipStatus(), end.reason())
                            : UNAVAILABLE;
            case NO_ROUTE, NO_ANSWER, UNREACHABLE, REMOTE_HANG_UP, LOCAL_HANG_UP, MEDIA_LOST ->
                    UNAVAILABLE;
            case NO_CAPACITY, WORKER_FAILURE -> FAILED;
        };
    }
}
