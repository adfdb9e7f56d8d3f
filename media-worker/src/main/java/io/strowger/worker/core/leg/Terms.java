package io.strowger.worker.core.leg;

import io.strowger.contracts.placement.DialogRecord;
import io.strowger.media.sdp.LocalAudio;
import io.strowger.media.sdp.LocalSrtp;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.media.sdp.OfferAnswer;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.media.srtp.SrtpKeys;
import java.util.List;

/// The session descriptions of a leg: what it offers, answers and agrees to.
final class Terms {
    private static final long FIRST = 1;

    private Terms() {}

    sealed interface Reading permits Agreed, Refused {}

    /// @param localSdp ours in this exchange
    record Agreed(String localSdp, NegotiatedAudio audio) implements Reading {}

    record Refused(String reason) implements Reading {}

    /// @param lastLocalSdp what we said before in this dialog; empty: nothing
    static String offer(LegBasis basis, String lastLocalSdp) {
        return OfferAnswer.offer(local(basis, lastLocalSdp));
    }

    /// The peer's answer to `localSdp`.
    static Reading read(String localSdp, String answer) {
        return reading(OfferAnswer.read(localSdp, answer));
    }

    /// Our answer to an offer of the peer.
    ///
    /// @param lastLocalSdp what we said before in this dialog; empty: nothing
    static Reading answer(LegBasis basis, String lastLocalSdp, String offer) {
        return reading(OfferAnswer.answer(local(basis, lastLocalSdp), offer));
    }

    /// What a leg does about SRTP.
    ///
    /// @param keys of AttemptIds
    static LocalSrtp srtp(SrtpPolicy policy, List<SrtpKeys> keys) {
        return policy == SrtpPolicy.OFF ? LocalSrtp.OFF : new LocalSrtp(policy, keys);
    }

    /// The same for a dialog that comes from elsewhere: what is protected stays so, with new keys,
    /// and is offered as it was.
    static LocalSrtp srtp(DialogRecord dialog, List<SrtpKeys> keys) {
        if (!isProtected(dialog)) {
            return LocalSrtp.OFF;
        }
        boolean strict = dialog.localSdp().contains(" RTP/SAVP ");
        return new LocalSrtp(strict ? SrtpPolicy.REQUIRE : SrtpPolicy.PREFER, keys);
    }

    static boolean isProtected(DialogRecord dialog) {
        return OfferAnswer.isSecure(dialog.localSdp(), dialog.remoteSdp());
    }

    /// Whether an agreement would take the protection from a dialog that has it.
    static boolean isDowngrade(DialogRecord before, NegotiatedAudio audio) {
        return audio.srtp() == null && isProtected(before);
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

    /// The session id must be unique for the host and the same for the dialog, and the version
    /// grows by one (RFC 3264 8). Bits of the call's id and the leg serve for a new one.
    private static LocalAudio local(LegBasis basis, String lastLocalSdp) {
        long firstId = (basis.call().high() >>> 16 & 0xFFFF_FFFF_0000L) | basis.leg().ordinal();
        long id = origin(lastLocalSdp, 1, firstId);
        long version = lastLocalSdp.isEmpty() ? FIRST : origin(lastLocalSdp, 2, FIRST) + 1;
        return LocalAudio.of(basis.local().host(), basis.rtpPort(), id)
                .withVersion(version)
                .withSrtp(basis.srtp());
    }

    /// A number in the origin line of a description of ours (RFC 8866 5.2).
    private static long origin(String localSdp, int part, long otherwise) {
        for (String line : localSdp.lines().toList()) {
            String[] parts = line.split(" ");
            if (line.startsWith("o=")
                    && parts.length > part
                    && parts[part].matches("[0-9]{1,18}")) {
                return Long.parseLong(parts[part]);
            }
        }
        return otherwise;
    }
}
