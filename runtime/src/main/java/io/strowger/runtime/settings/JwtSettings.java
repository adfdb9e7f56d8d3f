package io.strowger.runtime.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Which bearer tokens are taken. All of `jwks`, `issuers` and `audiences`, or none of them.
///
/// @param jwks URL or file of the issuers' public keys (RFC 7517 5); empty: no tokens are taken
/// @param issuers `iss` that are taken, at least one
/// @param audiences of which `aud` must have one, at least one
/// @param applicationClaims names of claims; the first that a token has says whose calls are
///   counted
/// @param clockSkew between the issuer's clock and ours, 0..5 min
public record JwtSettings(
        String jwks,
        List<String> issuers,
        List<String> audiences,
        List<String> applicationClaims,
        Duration clockSkew) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    public JwtSettings {
        issuers = List.copyOf(issuers);
        audiences = List.copyOf(audiences);
        applicationClaims = List.copyOf(applicationClaims);
        Check.that(
                isFile(jwks) || isSafeUrl(jwks),
                "auth.jwt.jwks",
                jwks,
                "an https URL, an http URL of this machine, a file, or empty");
        Check.that(
                !jwks.isEmpty() || (issuers.isEmpty() && audiences.isEmpty()),
                "auth.jwt.jwks",
                "empty",
                "where the issuers' keys are, as auth.jwt.issuers or auth.jwt.audiences is set");
        texts("auth.jwt.issuers", issuers, jwks);
        texts("auth.jwt.audiences", audiences, jwks);
        texts("auth.jwt.applicationClaims", applicationClaims, jwks);
        Check.that(
                !clockSkew.isNegative() && clockSkew.compareTo(MOST_SKEW) <= 0,
                "auth.jwt.clockSkew",
                clockSkew,
                "PT0S..PT5M");
    }

    private static void texts(String key, List<String> values, String jwks) {
        Check.that(
                jwks.isEmpty() || !values.isEmpty(),
                key,
                "empty",
                "one at least, as auth.jwt.jwks is set");
        for (int i = 0; i < values.size(); i++) {
            Check.text(key + "[" + i + "]", values.get(i));
        }
    }

    public boolean isSetUp() {
        return !jwks.isEmpty();
    }

    /// Whether `jwks` is a file and not a URL.
    public boolean isFile() {
        return isFile(jwks);
    }

    private static boolean isFile(String jwks) {
        return !jwks.contains("://");
    }

    /// Whoever can change keys on their way can sign tokens.
    private static boolean isSafeUrl(String jwks) {
        return Check.isHttpUrl(jwks)
                && URI.create(jwks).getRawUserInfo() == null
                && (jwks.startsWith("https:") || THIS_MACHINE.contains(URI.create(jwks).getHost()));
    }
}
