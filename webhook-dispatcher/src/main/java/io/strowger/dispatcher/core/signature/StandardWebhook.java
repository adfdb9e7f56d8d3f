package io.strowger.dispatcher.core.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The `webhook-signature` of the Standard Webhooks specification 1.0: HMAC-SHA256 over
/// `id.timestamp.body`. Safe for use by many threads.
public final class StandardWebhook {
    private static final String HMAC = "HmacSHA256";
    private final SecretKeySpec key;

    /// @param secret the bytes behind `whsec_`
    public StandardWebhook(byte[] secret) {
        this.key = new SecretKeySpec(secret, HMAC);
    }

    /// The header's value, `v1,` and base64.
    ///
    /// @param at whole seconds of it are signed, as in `webhook-timestamp`
    public String signature(String id, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
