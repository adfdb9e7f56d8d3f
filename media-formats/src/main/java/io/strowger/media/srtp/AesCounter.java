package io.strowger.media.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/// AES in counter mode (RFC 3711 4.1.1), by way of plain AES blocks: the JDK's own counter mode
/// wants to be set up anew for each packet, and allocates then.
///
/// ```
/// IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16)
/// ```
final class AesCounter {
    static final int BLOCK = 16;
    private static final int SALT_BYTES = 14;
    private static final int CHUNK = 16 * BLOCK;
    private final Cipher blocks;
    private final byte[] salt;
    private final byte[] counters = new byte[CHUNK];
    private final byte[] stream = new byte[CHUNK];
    private final byte[] start = new byte[BLOCK];

    AesCounter(byte[] key, byte[] salt) {
        this.salt = salt.clone();
        try {
            blocks = Cipher.getInstance("AES/ECB/NoPadding");
            blocks.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    /// Encrypts, or decrypts, in place.
    ///
    /// @param index of the packet, 48 bits
    /// @param length at most a megabyte: the counter of blocks has 16 bits
    void apply(int ssrc, long index, byte[] data, int from, int length) {
        System.arraycopy(salt, 0, start, 0, SALT_BYTES);
        for (int i = 0; i < 4; i++) {
            start[4 + i] ^= (byte) (ssrc >>> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            start[8 + i] ^= (byte) (index >>> 40 - 8 * i);
        }
        int block = 0;
        for (int done = 0; done < length; done += CHUNK) {
            int count = Math.min(CHUNK, length - done);
            int wanted = (count + BLOCK - 1) / BLOCK;
            for (int i = 0; i < wanted; i++, block++) {
                System.arraycopy(start, 0, counters, i * BLOCK, SALT_BYTES);
                counters[i * BLOCK + SALT_BYTES] = (byte) (block >>> 8);
                counters[i * BLOCK + SALT_BYTES + 1] = (byte) block;
            }
            encrypt(wanted * BLOCK);
            for (int i = 0; i < count; i++) {
                data[from + done + i] ^= stream[i];
            }
        }
    }

    private void encrypt(int length) {
        try {
            blocks.update(counters, 0, length, stream, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
