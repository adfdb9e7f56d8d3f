package io.strowger.worker.core.leg;

import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.IncomingResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What was already done about answers that nobody wants, so that it is done once each.
///
/// @param ended dialogs that got their BYE: Call-ID and tag of the peer
/// @param settled Call-IDs of INVITEs that need no CANCEL (any more)
/// @param authorization of the INVITE, repeated in its ACKs
record Trail(Set<String> ended, Set<String> settled, List<HeaderLine> authorization) {
    static final Trail EMPTY = new Trail(Set.of(), Set.of(), List.of());

    Trail {
        ended = Set.copyOf(ended);
        settled = Set.copyOf(settled);
        authorization = List.copyOf(authorization);
    }

    static String dialogKey(IncomingResponse answer) {
        return answer.sipCallId() + ";" + answer.toTag();
    }

    boolean knows(IncomingResponse answer) {
        return ended.contains(dialogKey(answer));
    }

    Trail withEnded(String dialogKey) {
        return new Trail(plus(ended, dialogKey), settled, authorization);
    }

    Trail withSettled(String sipCallId) {
        return new Trail(ended, plus(settled, sipCallId), authorization);
    }

    Trail withAuthorization(List<HeaderLine> lines) {
        return new Trail(ended, settled, lines);
    }

    private static Set<String> plus(Set<String> all, String one) {
        Set<String> more = new HashSet<>(all);
        more.add(one);
        return more;
    }
}
