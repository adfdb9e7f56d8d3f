package io.strowger.phone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers a digest challenge (RFC 3261 22.4, RFC 8760): MD5 and SHA-256, with or without qop=auth.
final class Digest {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]+))");

    private Digest() {}

    /// The challenge to answer: the strongest of those that we can (RFC 8760 2.4).
    static Optional<String> best(List<String> challenges) {
        return challenges.stream()
                .filter(challenge -> challenge.regionMatches(true, 0, "Digest ", 0, 7))
                .filter(challenge -> strength(challenge) > 0)
                .max(Comparator.comparingInt(Digest::strength));
    }

    /// 0: an algorithm that we do not have.
    private static int strength(String challenge) {
        for (Matcher m = PARAMETER.matcher(challenge); m.find(); ) {
            if (m.group(1).equalsIgnoreCase("algorithm")) {
                String name = m.group(2) != null ? m.group(2) : m.group(3);
                return name.equalsIgnoreCase("SHA-256") ? 2 : name.equalsIgnoreCase("MD5") ? 1 : 0;
            }
        }
        return 1;
    }

    /// The value of an Authorization or Proxy-Authorization header.
    ///
    /// @param clientNonce fresh for each request
    static String answer(
            String challenge,
            String method,
            String uri,
            PhoneSettings.Account account,
            String clientNonce) {
        String realm = "";
        String nonce = "";
        String opaque = "";
        String algorithm = "MD5";
        boolean qop = false;
        for (Matcher m = PARAMETER.matcher(challenge); m.find(); ) {
            String value = m.group(2) != null ? m.group(2) : m.group(3);
            switch (m.group(1)) {
                case "realm" -> realm = value;
                case "nonce" -> nonce = value;
                case "opaque" -> opaque = value;
                case "algorithm" -> algorithm = value;
                case "qop" -> qop = value.contains("auth");
                default -> {
                    // stale, domain: nothing to answer
                }
            }
        }
        String hash = algorithm.equalsIgnoreCase("SHA-256") ? "SHA-256" : "MD5";
        String ha1 = hex(hash, account.user() + ":" + realm + ":" + account.password());
        String ha2 = hex(hash, method + ":" + uri);
        String response =
                qop
                        ? hex(hash, ha1 + ":" + nonce + ":00000001:" + clientNonce + ":auth:" + ha2)
                        : hex(hash, ha1 + ":" + nonce + ":" + ha2);
        return "Digest username=\""
                + account.user()
                + "\", realm=\""
                + realm
                + "\", nonce=\""
                + nonce
                + "\", uri=\""
                + uri
                + "\", response=\""
                + response
                + "\", algorithm="
                + hash
                + (opaque.isEmpty() ? "" : ", opaque=\"" + opaque + "\"")
                + (qop ? ", qop=auth, nc=00000001, cnonce=\"" + clientNonce + "\"" : "");
    }

    private static String hex(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance(algorithm)
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
