package io.strowger.contracts.id;

import java.nio.ByteBuffer;
import java.util.Base64;

/// The 128 bits that all ids of one call share: 80 random bits, 32 bits of keyed checksum, a 16-bit
/// ordinal in the low end.
///
/// ```
///  high: rrrrrrrr rrrrrrrr rrrrrrrr rrrrrrrr rrrrrrrr rrrrrrrr rrrrrrrr rrrrrrrr
///  low:  rrrrrrrr rrrrrrrr cccccccc cccccccc cccccccc cccccccc oooooooo oooooooo
/// ```
///
/// @param high bits 127..64
/// @param low bits 63..0; the lowest 16 are the ordinal
record CallBits(long high, long low) {
    static final int TEXT_LENGTH = 22;
    private static final long ORDINAL_MASK = 0xFFFFL;

    int ordinal() {
        return (int) (low & ORDINAL_MASK);
    }

    CallBits withOrdinal(int ordinal) {
        if (ordinal < 0 || ordinal > 0xFFFF) {
            throw new IllegalArgumentException("ordinal out of 0..65535: " + ordinal);
        }
        return new CallBits(high, (low & ~ORDINAL_MASK) | ordinal);
    }

    String toText() {
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// @throws IllegalArgumentException when `text` is not 22 characters of unpadded base64url (two
    ///   `=` behind it are accepted)
    static CallBits parse(String text) {
        String bare = text.endsWith("==") ? text.substring(0, text.length() - 2) : text;
        if (bare.length() != TEXT_LENGTH) {
            throw new IllegalArgumentException("an id has " + TEXT_LENGTH + " characters");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(bare));
        CallBits bits = new CallBits(bytes.getLong(), bytes.getLong());
        if (!bits.toText().equals(bare)) {
            throw new IllegalArgumentException("not the canonical text of an id");
        }
        return bits;
    }
}
