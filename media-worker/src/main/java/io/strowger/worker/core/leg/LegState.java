package io.strowger.worker.core.leg;

import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.IncomingInvite;
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

    /// Somebody calls; nobody has said what is to become of it.
    ///
    /// @param localTag ours, in all answers
    /// @param rung how often the caller was told that it rings
    record Offered(LegBasis basis, IncomingInvite invite, Line line, String localTag, int rung)
            implements LegState {
        Offered rungAgain() {
            return new Offered(basis, invite, line, localTag, rung + 1);
        }
    }

    /// Our 2xx to an incoming INVITE is out, its ACK not there yet.
    ///
    /// @param talking the leg as it will be
    /// @param goodbye how it will end once the ACK is there; null: it is wanted
    record Answering(IncomingInvite invite, Talking talking, @Nullable LegEnd goodbye)
            implements LegState {
        Answering with(Talking other) {
            return new Answering(invite, other, goodbye);
        }
    }

    /// A dialog that was given to us: our re-INVITE is out, or will be once there is media.
    ///
    /// @param talking the leg as it will be
    /// @param refusals of our re-INVITE that may not be the last word
    /// @param stillServed by another worker until the peer has turned here: we say nothing
    record Adopting(Talking talking, int refusals, boolean stillServed) implements LegState {
        Adopting with(Talking other) {
            return new Adopting(other, refusals, stillServed);
        }
    }

    /// Answered.
    ///
    /// @param pending our own re-INVITE without a final response; null: none
    /// @param unacknowledged our 2xx to the peer's INVITE without its ACK; null: none
    /// @param referral a transfer that the peer wants to hear of; null: none
    record Talking(
            LegBasis basis,
            Line line,
            DialogRecord dialog,
            Refreshing refreshing,
            Signing.@Nullable Signed pending,
            @Nullable Unacknowledged unacknowledged,
            @Nullable Referral referral,
            Trail trail)
            implements LegState {
        /// A dialog with nothing under way.
        static Talking quiet(LegBasis basis, Line line, DialogRecord dialog, Trail trail) {
            return new Talking(basis, line, dialog, Refreshing.NONE, null, null, null, trail);
        }

        Talking with(DialogRecord other) {
            return new Talking(
                    basis, line, other, refreshing, pending, unacknowledged, referral, trail);
        }

        Talking with(Trail other) {
            return new Talking(
                    basis, line, dialog, refreshing, pending, unacknowledged, referral, other);
        }

        Talking with(Refreshing other) {
            return new Talking(
                    basis, line, dialog, other, pending, unacknowledged, referral, trail);
        }

        Talking with(Line other) {
            return new Talking(
                    basis, other, dialog, refreshing, pending, unacknowledged, referral, trail);
        }

        Talking with(LegBasis other) {
            return new Talking(
                    other, line, dialog, refreshing, pending, unacknowledged, referral, trail);
        }

        Talking awaiting(Signing.@Nullable Signed request) {
            return new Talking(
                    basis, line, dialog, refreshing, request, unacknowledged, referral, trail);
        }

        Talking unacknowledged(@Nullable Unacknowledged answer) {
            return new Talking(basis, line, dialog, refreshing, pending, answer, referral, trail);
        }

        Talking referring(@Nullable Referral other) {
            return new Talking(
                    basis, line, dialog, refreshing, pending, unacknowledged, other, trail);
        }
    }

    /// Given away: whoever has the dialog now speaks for it.
    record Released(LegBasis basis, Trail trail) implements LegState {}

    /// Reported as ended; answers late messages.
    ///
    /// @param bye ours, without a final response; null: none
    record Over(LegBasis basis, Signing signing, Signing.@Nullable Signed bye, Trail trail)
            implements LegState {}

    /// One INVITE to one trunk, with what later requests of its dialog need.
    ///
    /// @param sent the INVITE
    record Attempt(Trunk trunk, AttemptIds ids, Signing.Signed sent, Signing signing) {
        Line line() {
            return new Line(trunk.name(), signing, true);
        }
    }

    /// The subscription that a REFER makes (RFC 3515 2.4.4).
    ///
    /// @param cseq of the REFER, which names the subscription
    /// @param last our NOTIFY without a final response; null: none
    record Referral(long cseq, Signing.@Nullable Signed last) {}

    /// Our 2xx to an INVITE of the peer.
    ///
    /// @param cseq of the INVITE, and of its ACK
    /// @param again milliseconds until it is sent once more
    /// @param waited milliseconds since it was first sent
    /// @param offering the answer will be in the ACK
    record Unacknowledged(SipReply reply, long cseq, long again, long waited, boolean offering) {}

    /// The session timer (RFC 4028).
    ///
    /// @param seconds 0: none
    /// @param byUs whose turn it is
    record Refreshing(int seconds, boolean byUs) {
        static final Refreshing NONE = new Refreshing(0, false);
    }
}
