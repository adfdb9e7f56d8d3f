package io.strowger.contracts.id;

import java.util.UUID;

/// An application's presence in a call; a GUID on the wire. Carries its call.
///
/// @param value the bits of the call with the connection's ordinal (1..65535)
public record CallConnectionId(UUID value) {
    public CallConnectionId {
        if ((value.getLeastSignificantBits() & 0xFFFF) == 0) {
            throw new IllegalArgumentException("a connection has an ordinal of 1 or more");
        }
    }

    /// @throws IllegalArgumentException when `text` is no GUID of 36 characters, or has ordinal 0
    public static CallConnectionId parse(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException("a callConnectionId is a GUID of 36 characters");
        }
        return new CallConnectionId(UUID.fromString(text));
    }

    /// The call this connection is in: the same bits with ordinal 0.
    public ServerCallId call() {
        return new ServerCallId(
                value.getMostSignificantBits(), value.getLeastSignificantBits() & ~0xFFFFL);
    }

    /// 1..65535, unique in the call.
    public int ordinal() {
        return (int) (value.getLeastSignificantBits() & 0xFFFF);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
