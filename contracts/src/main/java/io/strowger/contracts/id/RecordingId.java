package io.strowger.contracts.id;

/// A recording of a call; 22 characters of base64url on the wire. Carries its call.
///
/// @param high bits 127..64
/// @param low bits 63..0; the lowest 16 are the recording's ordinal (1..65535, a space of its own)
public record RecordingId(long high, long low) {
    public RecordingId {
        if ((low & 0xFFFF) == 0) {
            throw new IllegalArgumentException("a recording has an ordinal of 1 or more");
        }
    }

    /// @throws IllegalArgumentException when `text` has not the form of a recording id
    public static RecordingId parse(String text) {
        CallBits bits = CallBits.parse(text);
        return new RecordingId(bits.high(), bits.low());
    }

    /// The recorded call.
    public ServerCallId call() {
        return new ServerCallId(high, low & ~0xFFFFL);
    }

    @Override
    public String toString() {
        return new CallBits(high, low).toText();
    }
}
