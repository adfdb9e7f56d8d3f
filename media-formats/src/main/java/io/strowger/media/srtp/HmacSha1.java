package io.strowger.media.srtp;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// HMAC-SHA1 (RFC 2104) on the bare digest: `javax.crypto.Mac` allocates its result each time.
final class HmacSha1 {
    static final int BYTES = 20;
    private static final int BLOCK = 64;
    private final MessageDigest digest;
    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];
    private final byte[] result = new byte[BYTES];

    /// @param key at most 64 bytes
    HmacSha1(byte[] key) {
        try {
            digest = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
        for (int i = 0; i < BLOCK; i++) {
            byte part = i < key.length ? key[i] : 0;
            inner[i] = (byte) (part ^ 0x36);
            outer[i] = (byte) (part ^ 0x5c);
        }
    }

    /// @return the same array each time
    byte[] of(byte[] data, int length) {
        try {
            digest.update(inner, 0, BLOCK);
            digest.update(data, 0, length);
            digest.digest(result, 0, BYTES);
            digest.update(outer, 0, BLOCK);
            digest.update(result, 0, BYTES);
            digest.digest(result, 0, BYTES);
            return result;
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }
}
