package io.strowger.worker.core.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Nonces that carry their own proof: `base64url(time | chance | HMAC-SHA-256(key, both))`, so that
/// none has to be remembered to be known again, and a flood of requests costs no memory. Safe for
/// use by many threads.
final class Nonces {
    private static final String MAC = "HmacSHA256";
    private static final int PLAIN_BYTES = 2 * Long.BYTES;
    private static final int TAG_BYTES = 16;
    private static final int TEXT_LENGTH = (PLAIN_BYTES + TAG_BYTES) * 4 / 3 + 1;
    private final SecretKeySpec key;
    private final LongSupplier chance;

    /// @param chance 64 bits that nobody can guess, each time
    Nonces(byte[] key, LongSupplier chance) {
        this.key = new SecretKeySpec(key, MAC);
        this.chance = chance;
    }

    String make(long nowMillis) {
        byte[] plain =
                ByteBuffer.allocate(PLAIN_BYTES)
                        .putLong(nowMillis)
                        .putLong(chance.getAsLong())
                        .array();
        byte[] all = Arrays.copyOf(plain, PLAIN_BYTES + TAG_BYTES);
        System.arraycopy(tag(plain), 0, all, PLAIN_BYTES, TAG_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /// When we made it; empty: we did not.
    OptionalLong madeAt(String nonce) {
        if (nonce.length() != TEXT_LENGTH) {
            return OptionalLong.empty();
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
        byte[] plain = Arrays.copyOf(all, PLAIN_BYTES);
        byte[] given = Arrays.copyOfRange(all, PLAIN_BYTES, PLAIN_BYTES + TAG_BYTES);
        return MessageDigest.isEqual(tag(plain), given)
                ? OptionalLong.of(ByteBuffer.wrap(plain).getLong())
                : OptionalLong.empty();
    }

    private byte[] tag(byte[] plain) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(plain), TAG_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }
}
