package io.strowger.media.telephoneevent;

import java.nio.ByteBuffer;

/// The payload of an event packet (RFC 4733 2.3), read and written in place.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |     event     |E|R| volume    |          duration             |
/// ```
public final class TelephoneEvent {
    public static final int BYTES = 4;

    /// The highest event code of a key: 0-9, `*` is 10, `#` 11, A-D 12-15.
    public static final int HIGHEST_KEY = 15;

    private TelephoneEvent() {}

    public static int eventCode(ByteBuffer packet, int payloadOffset) {
        return packet.get(payloadOffset) & 0xFF;
    }

    /// Whether the E bit is set: the key was let go.
    public static boolean isEnd(ByteBuffer packet, int payloadOffset) {
        return (packet.get(payloadOffset + 1) & 0x80) != 0;
    }

    /// In clock ticks, 0..65535.
    public static int durationTicks(ByteBuffer packet, int payloadOffset) {
        return packet.getShort(payloadOffset + 2) & 0xFFFF;
    }

    /// Appends a payload at the buffer's position.
    ///
    /// @param volumeDbm0 power below 0 dBm0, 0..63
    public static void write(
            ByteBuffer packet, int eventCode, boolean end, int volumeDbm0, int durationTicks) {
        packet.put((byte) eventCode);
        packet.put((byte) ((end ? 0x80 : 0) | volumeDbm0));
        packet.putShort((short) durationTicks);
    }
}
