package io.strowger.runtime.log;

/// What may be shown of a phone number, user or SIP URI.
public final class Masked {
    private static final int SHOWN = 4;

    private Masked() {}

    /// The last four characters behind `***`; nothing of shorter texts.
    public static String number(String text) {
        return text.length() <= SHOWN ? "***" : "***" + text.substring(text.length() - SHOWN);
    }
}
