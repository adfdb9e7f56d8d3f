package io.strowger.worker.core.sip;

/// Character rules of RFC 3261 25.1, and making foreign text safe to be put into a header.
public final class SipText {
    private static final String TOKEN_MARKS = "-.!%*_+`'~";

    private SipText() {}

    /// Whether `text` is a token: a header name, a method.
    public static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c ->
                                c >= 'a' && c <= 'z'
                                        || c >= 'A' && c <= 'Z'
                                        || c >= '0' && c <= '9'
                                        || TOKEN_MARKS.indexOf(c) >= 0);
    }

    /// Whether `text` fits on one header line: no control characters.
    public static boolean isOneLine(String text) {
        return text.chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
    }

    /// `text` as a quoted-string, control characters dropped.
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.chars()
                .filter(c -> c >= ' ' && c != 0x7f)
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        quoted.append('\\');
                    }
                    quoted.append((char) c);
                });
        return quoted.append('"').toString();
    }
}
