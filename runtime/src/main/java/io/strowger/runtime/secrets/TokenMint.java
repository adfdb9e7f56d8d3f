package io.strowger.runtime.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// Makes the bearer tokens that applications are called with: JWT, RS256 (RFC 7519, RFC 7518 3.3).
/// A signature costs about a millisecond, so a token is used for a while. Not safe for use by
/// several threads.
public final class TokenMint {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private final PrivateKey key;
    private final String header;
    private final String issuer;
    private final String audience;
    private final Life life;
    private String token = "";
    private Instant madeAt = Instant.MIN;

    /// @param lifetime from its making to `exp`
    /// @param usedFor how long it is given out again
    public record Life(Duration lifetime, Duration usedFor) {
        /// Of a request.
        public static final Life SHORT = new Life(Duration.ofMinutes(5), Duration.ofSeconds(60));

        /// Of a connection that stays.
        public static final Life LONG = new Life(Duration.ofHours(24), Duration.ofSeconds(60));
    }

    /// @param issuer `iss`
    /// @param audience `aud`
    public TokenMint(PrivateKey key, String keyId, String issuer, String audience, Life life) {
        this.key = key;
        this.header = part("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":" + quoted(keyId) + "}");
        this.issuer = issuer;
        this.audience = audience;
        this.life = life;
    }

    /// A token that was made no longer ago than it is used for.
    public String token(Instant now) {
        boolean fresh = !now.isBefore(madeAt) && now.isBefore(madeAt.plus(life.usedFor()));
        if (token.isEmpty() || !fresh) {
            token = make(now.getEpochSecond());
            madeAt = Instant.ofEpochSecond(now.getEpochSecond());
        }
        return token;
    }

    private String make(long nowS) {
        String claims =
                "{\"iss\":"
                        + quoted(issuer)
                        + ",\"aud\":"
                        + quoted(audience)
                        + ",\"iat\":"
                        + nowS
                        + ",\"nbf\":"
                        + nowS
                        + ",\"exp\":"
                        + (nowS + life.lifetime().toSeconds())
                        + "}";
        String signed = header + "." + part(claims);
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(key);
            rsa.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64URL.encodeToString(rsa.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the token key cannot sign", e);
        }
    }

    private static String part(String json) {
        return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
