package io.strowger.worker.core.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Answers a [DigestChallenge] with a user's password (RFC 7616 3.4, as profiled by RFC 8760).
public final class Digest {
    private Digest() {}

    /// A user's name and password. Prints without the password.
    public record Credentials(String username, String password) {
        @Override
        public String toString() {
            return "Credentials[" + username + ", ***]";
        }
    }

    /// The Authorization or Proxy-Authorization header of a request.
    ///
    /// @param cnonce of the client, any token
    /// @param count how many requests were signed with this nonce, from 1
    public static HeaderLine answer(
            DigestChallenge challenge,
            Credentials credentials,
            SipRequest request,
            String cnonce,
            int count) {
        String nc = "%08x".formatted(count);
        DigestChallenge.Algorithm algorithm = challenge.algorithm();
        String between =
                challenge.qopAuth()
                        ? challenge.nonce() + ":" + nc + ":" + cnonce + ":auth"
                        : challenge.nonce();
        StringBuilder value = new StringBuilder("Digest username=");
        value.append(SipText.quoted(credentials.username()));
        value.append(", realm=\"").append(challenge.realm());
        value.append("\", nonce=\"").append(challenge.nonce());
        value.append("\", uri=\"").append(request.requestUri());
        value.append("\", response=\"");
        value.append(
                response(
                        algorithm,
                        secret(
                                algorithm,
                                credentials.username(),
                                challenge.realm(),
                                credentials.password()),
                        between,
                        request.method(),
                        request.requestUri()));
        value.append("\", algorithm=").append(algorithm.wire);
        if (challenge.opaque() != null) {
            value.append(", opaque=\"").append(challenge.opaque()).append('"');
        }
        if (challenge.qopAuth()) {
            value.append(", qop=auth, nc=").append(nc);
            value.append(", cnonce=\"").append(cnonce).append('"');
        }
        return new HeaderLine(
                challenge.proxy() ? "Proxy-Authorization" : "Authorization", value.toString());
    }

    /// `H(A1)`: what a user's password comes down to in a realm (RFC 7616 3.4.2).
    public static String secret(
            DigestChallenge.Algorithm algorithm, String username, String realm, String password) {
        return hash(algorithm, username + ":" + realm + ":" + password);
    }

    /// The `response` of RFC 7616 3.4.1, lower-case hex.
    ///
    /// @param secret of [#secret]
    /// @param between the nonce, and with a quality of protection also `:nc:cnonce:qop`
    public static String response(
            DigestChallenge.Algorithm algorithm,
            String secret,
            String between,
            String method,
            String uri) {
        return hash(algorithm, secret + ":" + between + ":" + hash(algorithm, method + ":" + uri));
    }

    private static String hash(DigestChallenge.Algorithm algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm.jca);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
