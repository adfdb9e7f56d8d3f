package io.strowger.worker.core.leg;

import io.strowger.worker.core.sip.Digest;
import io.strowger.worker.core.sip.Digest.Credentials;
import io.strowger.worker.core.sip.DigestChallenge;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.SipRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers digest challenges: once for each request, and once more when the peer says that only the
/// nonce was stale. A wrong password therefore costs one request, not an endless loop.
///
/// @param credentials null: challenges end the request
/// @param uses how often the last challenge's nonce was used
record Signing(
        @Nullable Credentials credentials,
        String cnonce,
        @Nullable DigestChallenge last,
        int uses) {
    static Signing with(@Nullable Credentials credentials, String cnonce) {
        return new Signing(credentials, cnonce, null, 0);
    }

    /// A request that may be challenged.
    ///
    /// @param tries how often it was signed anew
    record Signed(SipRequest request, int tries) {}

    /// The request to send after `response`, and the signing after it.
    record Retry(Signed signed, Signing signing) {}

    /// Empty when the challenge cannot or must not be answered (again).
    Optional<Retry> retry(Signed refused, IncomingResponse response) {
        if (credentials == null) {
            return Optional.empty();
        }
        Credentials mine = credentials;
        return response.challenges().stream()
                .filter(challenge -> challenge.proxy() == (response.status() == 407))
                .max(Comparator.comparing(DigestChallenge::algorithm))
                .filter(challenge ->
                        refused.tries() == 0 || refused.tries() == 1 && challenge.stale())
                .map(challenge -> sign(mine, challenge, refused));
    }

    private Retry sign(Credentials mine, DigestChallenge challenge, Signed refused) {
        boolean sameNonce = last != null && last.nonce().equals(challenge.nonce());
        int count = sameNonce ? uses + 1 : 1;
        HeaderLine header = Digest.answer(challenge, mine, refused.request(), cnonce, count);
        SipRequest again = refused.request().again(refused.request().cseq() + 1, header);
        return new Retry(
                new Signed(again, refused.tries() + 1),
                new Signing(mine, cnonce, challenge, count));
    }

    /// The headers of a request that its ACK repeats (RFC 3261 22.1).
    static List<HeaderLine> authorization(SipRequest request) {
        return request.headers().stream()
                .filter(line ->
                        line.name().equals("Authorization")
                                || line.name().equals("Proxy-Authorization"))
                .toList();
    }
}
