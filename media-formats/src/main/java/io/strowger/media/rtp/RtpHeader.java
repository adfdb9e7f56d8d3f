package io.strowger.media.rtp;

import java.nio.ByteBuffer;

/// The fixed RTP header (RFC 3550 5.1), read from and written to a buffer in place.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |           synchronization source (SSRC) identifier            |
/// |            contributing source (CSRC) identifiers  ...        |
/// ```
public final class RtpHeader {
    /// Of a header without contributing sources.
    public static final int BYTES = 12;

    private static final int VERSION_2 = 0x80;
    private static final int PADDING = 0x20;
    private static final int EXTENSION = 0x10;
    private static final int MARKER = 0x80;

    private RtpHeader() {}

    /// Whether `packet`, from position 0 to its limit, is a well-formed RTP packet: version, sizes
    /// of CSRC list, extension and padding (RFC 3550 A.1).
    public static boolean isValid(ByteBuffer packet) {
        int size = packet.limit();
        if (size < BYTES || (packet.get(0) & 0xC0) != VERSION_2) {
            return false;
        }
        int payload = payloadOffset(packet);
        return payload <= size && payload + paddingBytes(packet) <= size;
    }

    public static boolean marker(ByteBuffer packet) {
        return (packet.get(1) & MARKER) != 0;
    }

    /// 0..127
    public static int payloadType(ByteBuffer packet) {
        return packet.get(1) & 0x7F;
    }

    /// 0..65535
    public static int sequenceNumber(ByteBuffer packet) {
        return packet.getShort(2) & 0xFFFF;
    }

    /// 0..2^32-1, in ticks of the payload's clock
    public static long rtpTimestamp(ByteBuffer packet) {
        return packet.getInt(4) & 0xFFFF_FFFFL;
    }

    public static int ssrc(ByteBuffer packet) {
        return packet.getInt(8);
    }

    /// Where the payload begins; may lie behind the limit of a packet that is not valid.
    public static int payloadOffset(ByteBuffer packet) {
        int offset = BYTES + 4 * (packet.get(0) & 0x0F);
        if ((packet.get(0) & EXTENSION) != 0) {
            if (offset + 4 > packet.limit()) {
                return Integer.MAX_VALUE / 2;
            }
            offset += 4 + 4 * (packet.getShort(offset + 2) & 0xFFFF);
        }
        return offset;
    }

    /// Of a valid packet, without padding.
    public static int payloadBytes(ByteBuffer packet) {
        return packet.limit() - payloadOffset(packet) - paddingBytes(packet);
    }

    private static int paddingBytes(ByteBuffer packet) {
        if ((packet.get(0) & PADDING) == 0) {
            return 0;
        }
        int count = packet.get(packet.limit() - 1) & 0xFF;
        return count == 0 ? Integer.MAX_VALUE / 4 : count;
    }

    /// Writes a header without contributing sources at position 0 and leaves the position behind
    /// it.
    public static void write(
            ByteBuffer packet,
            boolean marker,
            int payloadType,
            int sequenceNumber,
            long rtpTimestamp,
            int ssrc) {
        packet.clear();
        packet.put((byte) VERSION_2);
        packet.put((byte) ((marker ? MARKER : 0) | payloadType));
        packet.putShort((short) sequenceNumber);
        packet.putInt((int) rtpTimestamp);
        packet.putInt(ssrc);
    }
}
