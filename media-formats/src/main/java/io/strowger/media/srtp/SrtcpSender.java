package io.strowger.media.srtp;

import java.nio.ByteBuffer;

/// Protects RTCP packets (RFC 3711 3.4): all but the first eight bytes is encrypted; behind it come
/// the index, with its first bit set, and a tag of 80 bits.
public final class SrtcpSender {
    /// What [#protect] adds.
    public static final int OVERHEAD_BYTES = 14;

    private static final int FIRST_LABEL = 3;
    private static final int CLEAR_BYTES = 8;
    private static final int SSRC_AT = 4;
    private static final int TAG_BYTES = 10;
    private static final int ENCRYPTED = 0x8000_0000;
    private final Transform transform;
    private int index;

    public SrtcpSender(SrtpKeys keys) {
        transform = new Transform(keys, FIRST_LABEL);
    }

    /// @param packet a compound packet from 0 to its limit, which grows; its position is 0
    ///   afterwards
    public void protect(ByteBuffer packet) {
        int length = packet.limit();
        int ssrc = packet.getInt(SSRC_AT);
        index = index + 1 & 0x7FFF_FFFF;
        transform.load(packet);
        transform.apply(ssrc, index, CLEAR_BYTES, length - CLEAR_BYTES);
        byte[] tag = transform.tag(length, index | ENCRYPTED);
        packet.limit(length + OVERHEAD_BYTES);
        packet.put(0, transform.work, 0, length);
        packet.putInt(length, index | ENCRYPTED);
        packet.put(length + OVERHEAD_BYTES - TAG_BYTES, tag, 0, TAG_BYTES);
        packet.position(0);
    }
}
