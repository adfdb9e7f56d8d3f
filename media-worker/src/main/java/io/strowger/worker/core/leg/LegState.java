package io.strowger.worker.core.leg;

import io.strowger.contracts.media.DialogRecord;
import io.strowger.contracts.media.LegEnd;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.SipReply;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a leg is. Only [LegMachine] looks inside.
public sealed interface LegState {
    /// Before its order.
    record Idle() implements LegState {}

    /// Between trunks.
    ///
    /// @param tried trunks that failed
    /// @param failure of the last one; null: none yet
    record Seeking(LegPlan plan, Set<String> tried, @Nullable LegEnd failure, Trail trail)
            implements LegState {
        public Seeking {
            tried = Set.copyOf(tried);
        }
    }

    /// An INVITE is out.
    ///
    /// @param tried trunks that failed, without this one
    /// @param heard a provisional response came
    /// @param progress the last reported status, 0: none
    /// @param goodbye how the leg will end once the INVITE is settled; null: it is wanted
    record Calling(
            LegPlan plan,
            Attempt attempt,
            Set<String> tried,
            boolean heard,
            int progress,
            @Nullable LegEnd goodbye,
            Trail trail)
            implements LegState {
        public Calling {
            tried = Set.copyOf(tried);
        }

        Calling heard(int newProgress) {
            return new Calling(plan, attempt, tried, true, newProgress, goodbye, trail);
        }

        Calling parting(LegEnd end) {
            return new Calling(plan, attempt, tried, heard, progress, end, trail);
        }

        Calling with(Attempt other) {
            return new Calling(plan, other, tried, heard, progress, goodbye, trail);
        }

        Calling with(Trail other) {
            return new Calling(plan, attempt, tried, heard, progress, goodbye, other);
        }
    }

    /// Answered.
    ///
    /// @param pending our own re-INVITE without a final response; null: none
    /// @param unacknowledged our 2xx to the peer's re-INVITE without its ACK; null: none
    record Talking(
            LegPlan plan,
            Attempt attempt,
            DialogRecord dialog,
            Refreshing refreshing,
            Signing.@Nullable Signed pending,
            @Nullable Unacknowledged unacknowledged,
            Trail trail)
            implements LegState {
        Talking with(DialogRecord other) {
            return new Talking(plan, attempt, other, refreshing, pending, unacknowledged, trail);
        }

        Talking with(Trail other) {
            return new Talking(plan, attempt, dialog, refreshing, pending, unacknowledged, other);
        }

        Talking with(Refreshing other) {
            return new Talking(plan, attempt, dialog, other, pending, unacknowledged, trail);
        }

        Talking with(Attempt other) {
            return new Talking(plan, other, dialog, refreshing, pending, unacknowledged, trail);
        }

        Talking awaiting(Signing.@Nullable Signed request) {
            return new Talking(plan, attempt, dialog, refreshing, request, unacknowledged, trail);
        }

        Talking unacknowledged(@Nullable Unacknowledged answer) {
            return new Talking(plan, attempt, dialog, refreshing, pending, answer, trail);
        }
    }

    /// Reported as ended; answers late messages.
    ///
    /// @param bye ours, without a final response; null: none
    record Over(LegPlan plan, Signing signing, Signing.@Nullable Signed bye, Trail trail)
            implements LegState {}

    /// One INVITE to one trunk, with what later requests of its dialog need.
    ///
    /// @param sent the INVITE
    record Attempt(Trunk trunk, AttemptIds ids, Signing.Signed sent, Signing signing) {}

    /// Our 2xx to a re-INVITE.
    ///
    /// @param cseq of the re-INVITE, and of its ACK
    /// @param again milliseconds until it is sent once more
    /// @param waited milliseconds since it was first sent
    /// @param offering the answer will be in the ACK
    record Unacknowledged(SipReply reply, long cseq, long again, long waited, boolean offering) {
        /// The same answer to a copy of the re-INVITE that came in a transaction of its own.
        SipReply replyTo(long exchange) {
            return new SipReply(
                    exchange,
                    reply.status(),
                    reply.reason(),
                    reply.contact(),
                    reply.headers(),
                    reply.sdp());
        }
    }

    /// The session timer (RFC 4028).
    ///
    /// @param seconds 0: none
    /// @param byUs whose turn it is
    record Refreshing(int seconds, boolean byUs) {
        static final Refreshing NONE = new Refreshing(0, false);
    }
}
