package io.strowger.worker.core.sip;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A digest challenge of a 401 or 407 (RFC 3261 22, RFC 8760).
///
/// @param proxy from Proxy-Authenticate
/// @param algorithm one that we can compute
/// @param opaque null: none given
/// @param qopAuth whether `auth` is offered as quality of protection; else the old form is used
/// @param stale the nonce was too old, the password right
public record DigestChallenge(
        boolean proxy,
        String realm,
        String nonce,
        Algorithm algorithm,
        @Nullable String opaque,
        boolean qopAuth,
        boolean stale) {
    /// Digest algorithms, the stronger one last.
    public enum Algorithm {
        MD5("MD5", "MD5"),
        SHA_256("SHA-256", "SHA-256");

        final String wire;
        final String jca;

        Algorithm(String wire, String jca) {
            this.wire = wire;
            this.jca = jca;
        }

        /// As on the wire, e.g. `SHA-256`.
        public String wire() {
            return wire;
        }

        /// @return empty when it is none of these
        public static Optional<Algorithm> named(String wire) {
            for (Algorithm algorithm : values()) {
                if (algorithm.wire.equalsIgnoreCase(wire)) {
                    return Optional.of(algorithm);
                }
            }
            return Optional.empty();
        }
    }

    /// @param value of the header
    /// @return empty when it is no digest, or one that we cannot answer
    public static Optional<DigestChallenge> parse(boolean proxy, String value) {
        return DigestParameters.parse(value).flatMap(found -> of(proxy, found));
    }

    private static Optional<DigestChallenge> of(boolean proxy, Map<String, String> found) {
        String realm = found.get("realm");
        String nonce = found.get("nonce");
        String qop = found.get("qop");
        Optional<Algorithm> algorithm = Algorithm.named(found.getOrDefault("algorithm", "MD5"));
        boolean auth =
                qop != null
                        && java.util.Arrays.asList(qop.toLowerCase(Locale.ROOT).split("[ ,]+"))
                                .contains("auth");
        if (realm == null || nonce == null || qop != null && !auth) {
            return Optional.empty();
        }
        return algorithm.map(known ->
                new DigestChallenge(
                        proxy,
                        realm,
                        nonce,
                        known,
                        found.get("opaque"),
                        auth,
                        "true".equalsIgnoreCase(found.get("stale"))));
    }
}
