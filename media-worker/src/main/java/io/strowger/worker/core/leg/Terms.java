package io.strowger.worker.core.leg;

import io.strowger.media.sdp.LocalAudio;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.media.sdp.OfferAnswer;

/// The session descriptions of a leg: what it offers, answers and agrees to.
final class Terms {
    static final long FIRST = 1;

    private Terms() {}

    sealed interface Reading permits Agreed, Refused {}

    /// @param localSdp ours in this exchange
    record Agreed(String localSdp, NegotiatedAudio audio) implements Reading {}

    record Refused(String reason) implements Reading {}

    static String offer(LegPlan plan, long version) {
        return OfferAnswer.offer(local(plan).withVersion(version));
    }

    /// The peer's answer to `localSdp`.
    static Reading read(String localSdp, String answer) {
        return reading(OfferAnswer.read(localSdp, answer));
    }

    /// Our answer to an offer of the peer.
    ///
    /// @param lastLocalSdp what we said before in this dialog
    static Reading answer(LegPlan plan, String lastLocalSdp, String offer) {
        long version = versionOf(lastLocalSdp) + 1;
        return reading(OfferAnswer.answer(local(plan).withVersion(version), offer));
    }

    /// Whether the peer put us on hold: it does not want to hear us.
    static boolean isHold(NegotiatedAudio audio) {
        return !audio.direction().sends();
    }

    private static Reading reading(OfferAnswer.Outcome outcome) {
        return switch (outcome) {
            case OfferAnswer.Agreed(var localSdp, var audio) -> new Agreed(localSdp, audio);
            case OfferAnswer.NothingInCommon(var reason) -> new Refused(reason);
            case OfferAnswer.Malformed(var reason) -> new Refused(reason);
        };
    }

    /// The session id must be unique for the host and the same for the dialog; bits of the call's
    /// id and the leg serve.
    private static LocalAudio local(LegPlan plan) {
        long sessionId =
                (plan.call().high() >>> 16 & 0xFFFF_FFFF_0000L) | plan.dial().leg().ordinal();
        return LocalAudio.of(plan.local().host(), plan.rtpPort(), sessionId);
    }

    /// The version in the origin line of a description of ours (RFC 8866 5.2).
    private static long versionOf(String localSdp) {
        for (String line : localSdp.lines().toList()) {
            String[] parts = line.split(" ");
            if (line.startsWith("o=") && parts.length > 2 && parts[2].matches("[0-9]{1,18}")) {
                return Long.parseLong(parts[2]);
            }
        }
        return FIRST;
    }
}
