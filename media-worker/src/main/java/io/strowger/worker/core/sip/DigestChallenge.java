package io.strowger.worker.core.sip;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z0-9-]{1,40})\\s*=\\s*(\"((?:[^\"\\\\]|\\\\.)*+)\"|[^,\\s]++)");
    private static final int LONGEST = 4_000;

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
    }

    /// @param value of the header
    /// @return empty when it is no digest, or one that we cannot answer
    public static Optional<DigestChallenge> parse(boolean proxy, String value) {
        String text = value.strip();
        if (text.length() > LONGEST || !text.regionMatches(true, 0, "Digest ", 0, 7)) {
            return Optional.empty();
        }
        Map<String, String> found = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(text.substring(7));
        while (matcher.find()) {
            String quoted = matcher.group(3);
            found.putIfAbsent(
                    matcher.group(1).toLowerCase(Locale.ROOT),
                    quoted != null ? quoted : matcher.group(2));
        }
        String realm = found.get("realm");
        String nonce = found.get("nonce");
        String qop = found.get("qop");
        Optional<Algorithm> algorithm = algorithm(found.getOrDefault("algorithm", "MD5"));
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

    private static Optional<Algorithm> algorithm(String wire) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.wire.equalsIgnoreCase(wire)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
