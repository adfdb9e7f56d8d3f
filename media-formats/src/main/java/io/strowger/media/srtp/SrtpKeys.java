package io.strowger.media.srtp;

import java.util.Arrays;
import java.util.Base64;

/// The master key and salt of one direction (RFC 4568 6.1). A secret: its text does not show it.
///
/// @param inline key and salt, 30 bytes, in base64
public record SrtpKeys(CryptoSuite suite, String inline) {
    /// Of key and salt together.
    public static final int BYTES = 30;

    private static final int KEY_BYTES = 16;

    /// @throws IllegalArgumentException when `inline` is no base64 of 30 bytes
    public SrtpKeys {
        if (Base64.getDecoder().decode(inline).length != BYTES) {
            throw new IllegalArgumentException("key and salt are " + BYTES + " bytes");
        }
    }

    /// @param random 30 bytes that nobody can guess
    public static SrtpKeys of(CryptoSuite suite, byte[] random) {
        return new SrtpKeys(suite, Base64.getEncoder().encodeToString(random));
    }

    byte[] masterKey() {
        return Arrays.copyOf(Base64.getDecoder().decode(inline), KEY_BYTES);
    }

    byte[] masterSalt() {
        return Arrays.copyOfRange(Base64.getDecoder().decode(inline), KEY_BYTES, BYTES);
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + suite + ", ***]";
    }
}
