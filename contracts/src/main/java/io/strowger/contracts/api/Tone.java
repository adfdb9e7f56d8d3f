package io.strowger.contracts.api;

/// A DTMF tone; the order is the event code of RFC 4733 3.2 (0..15).
public enum Tone {
    ZERO,
    ONE,
    TWO,
    THREE,
    FOUR,
    FIVE,
    SIX,
    SEVEN,
    EIGHT,
    NINE,
    ASTERISK,
    POUND,
    A,
    B,
    C,
    D;

    private static final Tone[] BY_EVENT_CODE = values();

    /// The RFC 4733 event code, 0..15.
    public int eventCode() {
        return ordinal();
    }

    /// @param code 0..15
    public static Tone ofEventCode(int code) {
        return BY_EVENT_CODE[code];
    }

    /// The key on a phone: `0`..`9`, `*`, `#`, `A`..`D`.
    public char key() {
        return "0123456789*#ABCD".charAt(ordinal());
    }
}
