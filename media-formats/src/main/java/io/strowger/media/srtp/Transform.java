package io.strowger.media.srtp;

import java.nio.ByteBuffer;

/// The session keys of one direction at work (RFC 3711 4.3): each packet is copied to `work`, is
/// changed there, and goes back.
final class Transform {
    static final int LARGEST_PACKET = 2_048;
    private static final int LABEL_AT = 7;
    private static final int ENCRYPTION = 0;
    private static final int AUTHENTICATION = 1;
    private static final int SALT = 2;
    private static final int INDEX_BYTES = 4;

    /// Room behind the packet for the rollover counter, or the index, and the tag.
    final byte[] work = new byte[LARGEST_PACKET + INDEX_BYTES + HmacSha1.BYTES];

    private final AesCounter cipher;
    private final HmacSha1 mac;

    /// @param firstLabel 0 for RTP, 3 for RTCP
    Transform(SrtpKeys keys, int firstLabel) {
        cipher =
                new AesCounter(
                        derive(keys, firstLabel + ENCRYPTION, 16),
                        derive(keys, firstLabel + SALT, 14));
        mac = new HmacSha1(derive(keys, firstLabel + AUTHENTICATION, HmacSha1.BYTES));
    }

    /// A session key (4.3.1): the key stream under the master key, with the label in its salt.
    static byte[] derive(SrtpKeys keys, int label, int bytes) {
        byte[] salt = keys.masterSalt();
        salt[LABEL_AT] ^= (byte) label;
        byte[] derived = new byte[bytes];
        new AesCounter(keys.masterKey(), salt).apply(0, 0, derived, 0, bytes);
        return derived;
    }

    void load(ByteBuffer packet) {
        packet.get(0, work, 0, packet.limit());
    }

    void apply(int ssrc, long index, int from, int length) {
        cipher.apply(ssrc, index, work, from, length);
    }

    /// The tag over `length` bytes of the work and the number behind them.
    byte[] tag(int length, int number) {
        work[length] = (byte) (number >>> 24);
        work[length + 1] = (byte) (number >>> 16);
        work[length + 2] = (byte) (number >>> 8);
        work[length + 3] = (byte) number;
        return mac.of(work, length + INDEX_BYTES);
    }
}
