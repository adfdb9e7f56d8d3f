package io.strowger.dispatcher.core.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// Makes the bearer tokens of webhooks: JWT, RS256 (RFC 7519, RFC 7518 3.3). A signature costs
/// about a millisecond, so a token is used for a minute. Not safe for use by several threads.
public final class TokenMint {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration USED_FOR = Duration.ofSeconds(60);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private final PrivateKey key;
    private final String header;
    private final String issuer;
    private final String audience;
    private String token = "";
    private Instant madeAt = Instant.MIN;

    /// @param issuer `iss`
    /// @param audience `aud`
    public TokenMint(PrivateKey key, String keyId, String issuer, String audience) {
        this.key = key;
        this.header = part("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":" + quoted(keyId) + "}");
        this.issuer = issuer;
        this.audience = audience;
    }

    /// A token with at least four minutes left.
    public String token(Instant now) {
        boolean fresh = !now.isBefore(madeAt) && now.isBefore(madeAt.plus(USED_FOR));
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
                        + (nowS + LIFETIME.toSeconds())
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
