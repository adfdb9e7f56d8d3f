package io.strowger.contracts.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes call ids and tells genuine ones from guessed ones, by a keyed checksum of 32 bits
/// (HMAC-SHA256, cut). Safe for use by many threads.
public final class CallIds {
    private static final String HMAC = "HmacSHA256";

    /// Keyed once; each use takes a copy, which costs less than keying anew.
    private final Mac keyed;

    /// @param key at least 16 bytes, shared by all services of an installation
    public CallIds(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("the id key needs at least 16 bytes");
        }
        try {
            keyed = Mac.getInstance(HMAC);
            keyed.init(new SecretKeySpec(key, HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    /// A new call with 80 bits from `random`.
    public ServerCallId newCall(RandomGenerator random) {
        return sealed(random.nextLong(), random.nextLong());
    }

    /// The call that belongs to `seed`, always the same one: a repeated request finds the call of
    /// the first.
    public ServerCallId callFor(String seed) {
        ByteBuffer digest = ByteBuffer.wrap(mac(seed.getBytes(StandardCharsets.UTF_8)));
        return sealed(digest.getLong(), digest.getLong());
    }

    /// Whether this installation made `id`.
    public boolean isGenuine(ServerCallId id) {
        return sealed(id.high(), id.low()).equals(id);
    }

    private ServerCallId sealed(long high, long low) {
        long random16 = low & 0xFFFF_0000_0000_0000L;
        byte[] random =
                ByteBuffer.allocate(10).putLong(high).putShort((short) (random16 >>> 48)).array();
        long checksum = Integer.toUnsignedLong(ByteBuffer.wrap(mac(random)).getInt());
        return new ServerCallId(high, random16 | checksum << 16);
    }

    private byte[] mac(byte[] message) {
        try {
            return ((Mac) keyed.clone()).doFinal(message);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every JDK can copy " + HMAC, e);
        }
    }
}
