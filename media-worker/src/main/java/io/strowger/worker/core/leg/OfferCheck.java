package io.strowger.worker.core.leg;

import io.strowger.media.sdp.LocalAudio;
import io.strowger.media.sdp.LocalSrtp;
import io.strowger.media.sdp.OfferAnswer;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.worker.core.sip.Arrival.Refusal;
import io.strowger.worker.core.sip.Directory;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.IncomingRequest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Whether an INVITE can become a call at all (RFC 3261 8.2, 13.3.1), before anybody is bothered
/// with it.
public final class OfferCheck {
    private static final Set<String> EXTENSIONS = Set.of("timer");

    /// Any port: the description is thrown away.
    private static final int SOME_PORT = 9;

    private OfferCheck() {}

    /// @param srtp of the trunk's, or of users' media
    /// @return empty when nothing speaks against it
    public static Optional<Refusal> refusal(IncomingInvite invite, SrtpPolicy srtp) {
        IncomingRequest request = invite.request();
        if (request.fromTag().isEmpty()) {
            return Optional.of(new Refusal(400, "Missing From Tag"));
        }
        if (request.contact() == null) {
            return Optional.of(new Refusal(400, "Missing Contact"));
        }
        if (!Directory.isReachable(invite.requestUri())) {
            return Optional.of(new Refusal(416, "Unsupported URI Scheme"));
        }
        Set<String> unknown = new TreeSet<>(request.required());
        unknown.removeAll(EXTENSIONS);
        if (!unknown.isEmpty()) {
            return refusal(420, "Bad Extension", "Unsupported", String.join(", ", unknown));
        }
        if (invite.foreignBody()) {
            return refusal(415, "Unsupported Media Type", "Accept", "application/sdp");
        }
        if (SessionTimer.isTooShort(SessionTimer.read(request.sessionExpires()))) {
            return refusal(
                    422,
                    "Session Interval Too Small",
                    "Min-SE",
                    Integer.toString(SessionTimer.SMALLEST_SECONDS));
        }
        return request.sdp() == null || isAcceptable(request.sdp(), srtp)
                ? Optional.empty()
                : Optional.of(new Refusal(488, "Not Acceptable Here"));
    }

    private static Optional<Refusal> refusal(
            int status, String reason, String header, String value) {
        return Optional.of(
                new Refusal(status, reason, java.util.List.of(new HeaderLine(header, value))));
    }

    private static boolean isAcceptable(String offer, SrtpPolicy srtp) {
        LocalAudio probe = LocalAudio.of("127.0.0.1", SOME_PORT, 1).withSrtp(LocalSrtp.probe(srtp));
        return OfferAnswer.answer(probe, offer) instanceof OfferAnswer.Agreed;
    }
}
