package io.strowger.contracts.id;

import java.util.UUID;

/// A call: one conversation. The Kafka key everywhere. On the wire 22 characters of base64url.
///
/// @param high bits 127..64 of the id
/// @param low bits 63..0, ordinal 0
public record ServerCallId(long high, long low) {
    public ServerCallId {
        if ((low & 0xFFFF) != 0) {
            throw new IllegalArgumentException("a call has ordinal 0");
        }
    }

    /// @throws IllegalArgumentException when `text` has not the form of a call id
    public static ServerCallId parse(String text) {
        CallBits bits = CallBits.parse(text);
        return new ServerCallId(bits.high(), bits.low());
    }

    /// The application's own presence number `ordinal` (1..65535) in this call.
    public CallConnectionId connection(int ordinal) {
        CallBits bits = new CallBits(high, low).withOrdinal(ordinal);
        return new CallConnectionId(new UUID(bits.high(), bits.low()));
    }

    /// Recording number `ordinal` (1..65535) of this call.
    public RecordingId recording(int ordinal) {
        CallBits bits = new CallBits(high, low).withOrdinal(ordinal);
        return new RecordingId(bits.high(), bits.low());
    }

    @Override
    public String toString() {
        return new CallBits(high, low).toText();
    }
}
