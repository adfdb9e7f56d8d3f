package io.strowger.worker.core.sip;

import java.util.Set;

/// What is said to requests that belong to no leg. Strangers hear nothing.
public sealed interface OutOfDialog {
    /// No answer at all.
    record Silence() implements OutOfDialog {}

    /// @param listsMethods whether Allow goes along
    record Answer(int status, String reason, boolean listsMethods) implements OutOfDialog {}

    /// @param inDialog the request has a To tag
    /// @param knownPeer it comes from an address of a trunk
    static OutOfDialog decide(String method, boolean inDialog, boolean knownPeer) {
        if (!knownPeer || method.equals("ACK")) {
            return new Silence();
        }
        if (inDialog) {
            return new Answer(481, "Call/Transaction Does Not Exist", false);
        }
        return switch (method) {
            case "OPTIONS" -> new Answer(200, "OK", true);
            case "INVITE" -> new Answer(480, "Temporarily Unavailable", false);
            case "REFER" -> new Answer(403, "Forbidden", false);
            case "BYE", "CANCEL", "INFO", "UPDATE", "PRACK" ->
                    new Answer(481, "Call/Transaction Does Not Exist", false);
            case String known when OTHER_METHODS.contains(known) ->
                    new Answer(405, "Method Not Allowed", true);
            case String _ -> new Answer(501, "Not Implemented", true);
        };
    }

    /// Methods of other RFCs that this worker has no use for.
    Set<String> OTHER_METHODS = Set.of("REGISTER", "SUBSCRIBE", "NOTIFY", "MESSAGE", "PUBLISH");
}
