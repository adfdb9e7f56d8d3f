package io.strowger.runtime.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.strowger.runtime.auth.AuthRefusal;
import io.strowger.runtime.auth.Verdict;
import io.strowger.runtime.settings.JwtSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a token is taken (RFC 7519 7.2, RFC 8725). Pure: keys and time are arguments. Safe for
/// use by many threads.
///
/// The claims come before the signature: a key that is not known is worth a fetch only for a token
/// that would be taken otherwise.
final class TokenRules {
    /// Asymmetric ones. With `none` or HS256 whoever knows the public keys could make tokens.
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private static final int FEWEST_RSA_BITS = 2048;
    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();
    private final JwtSettings settings;

    TokenRules(JwtSettings settings) {
        this.settings = settings;
    }

    /// @param token as it stands behind `Bearer `
    /// @param keys that are known now; null: none could be read
    Verdict judge(String token, @Nullable JWKSet keys, Instant now) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
                return new Verdict.Refused(AuthRefusal.WRONG_TOKEN_ALGORITHM);
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Optional<AuthRefusal> claimed = claimed(claims, now);
            if (claimed.isPresent()) {
                return new Verdict.Refused(claimed.get());
            }
            Optional<String> application = application(claims);
            if (application.isEmpty()) {
                return new Verdict.Refused(AuthRefusal.NO_APPLICATION);
            }
            return signed(jwt, keys)
                    .<Verdict>map(Verdict.Refused::new)
                    .orElseGet(() ->
                            new Verdict.Genuine(keyId(claims.getIssuer(), application.get())));
        } catch (ParseException | IllegalArgumentException notOne) {
            return new Verdict.Refused(
                    isUnsigned(token)
                            ? AuthRefusal.WRONG_TOKEN_ALGORITHM
                            : AuthRefusal.MALFORMED_TOKEN);
        }
    }

    private Optional<AuthRefusal> claimed(JWTClaimsSet claims, Instant now) {
        String issuer = claims.getIssuer();
        if (issuer == null || !settings.issuers().contains(issuer)) {
            return Optional.of(AuthRefusal.WRONG_ISSUER);
        }
        if (claims.getAudience().stream().noneMatch(settings.audiences()::contains)) {
            return Optional.of(AuthRefusal.WRONG_AUDIENCE);
        }
        Date expires = claims.getExpirationTime();
        if (expires == null || !now.minus(settings.clockSkew()).isBefore(expires.toInstant())) {
            return Optional.of(AuthRefusal.TOKEN_EXPIRED);
        }
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && now.plus(settings.clockSkew()).isBefore(notBefore.toInstant())) {
            return Optional.of(AuthRefusal.TOKEN_NOT_YET_VALID);
        }
        return Optional.empty();
    }

    /// Nothing when the signature is right.
    private Optional<AuthRefusal> signed(SignedJWT jwt, @Nullable JWKSet keys) {
        if (keys == null) {
            return Optional.of(AuthRefusal.TOKEN_KEYS_UNKNOWN);
        }
        List<JWK> candidates =
                new JWKSelector(JWKMatcher.forJWSHeader(jwt.getHeader())).select(keys);
        if (candidates.isEmpty()) {
            return Optional.of(AuthRefusal.UNKNOWN_TOKEN_KEY);
        }
        return candidates.stream().anyMatch(key -> signedWith(jwt, key))
                ? Optional.empty()
                : Optional.of(AuthRefusal.WRONG_TOKEN_SIGNATURE);
    }

    private boolean signedWith(SignedJWT jwt, JWK key) {
        if (!(key instanceof AsymmetricJWK asymmetric)
                || (key.getKeyType().getValue().equals("RSA") && key.size() < FEWEST_RSA_BITS)) {
            return false;
        }
        try {
            JWSHeader header = jwt.getHeader();
            JWSVerifier verifier = verifiers.createJWSVerifier(header, asymmetric.toPublicKey());
            return jwt.verify(verifier);
        } catch (JOSEException ofNoUse) {
            return false; // a key of another curve, say: with it the token is not signed
        }
    }

    private Optional<String> application(JWTClaimsSet claims) {
        return settings.applicationClaims().stream()
                .map(claims::getClaim)
                .filter(claim -> claim instanceof String text && !text.isBlank())
                .map(String.class::cast)
                .findFirst();
    }

    /// As of access keys: 16 hexadecimal digits, the same in every process.
    private static String keyId(String issuer, String application) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((issuer + "\n" + application).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// `alg` is `none`: a JWT, but none that counts.
    private static boolean isUnsigned(String token) {
        try {
            return PlainJWT.parse(token) != null;
        } catch (ParseException | IllegalArgumentException notOne) {
            return false;
        }
    }
}
