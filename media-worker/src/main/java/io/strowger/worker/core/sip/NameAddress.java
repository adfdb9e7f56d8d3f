package io.strowger.worker.core.sip;

import org.jspecify.annotations.Nullable;

/// The value of From, To, Refer-To and their like (RFC 3261 20.10), taken apart.
///
/// @param displayName unquoted; null: none
/// @param uri without brackets
public record NameAddress(@Nullable String displayName, String uri) {
    /// Reads anything; what is no name-addr is taken for a bare URI, whose parameters belong to the
    /// header then.
    public static NameAddress parse(String value) {
        String text = value.strip();
        int open = openingBracket(text);
        int close = text.indexOf('>', Math.max(open, 0));
        if (open < 0 || close < 0) {
            int parameters = text.indexOf(';');
            return new NameAddress(null, parameters < 0 ? text : text.substring(0, parameters));
        }
        String name = unquoted(text.substring(0, open).strip());
        return new NameAddress(
                name.isBlank() ? null : name, text.substring(open + 1, close).strip());
    }

    /// The first `<` outside quotes.
    private static int openingBracket(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static String unquoted(String name) {
        if (name.length() < 2 || !name.startsWith("\"") || !name.endsWith("\"")) {
            return name;
        }
        StringBuilder bare = new StringBuilder();
        for (int i = 1; i < name.length() - 1; i++) {
            char c = name.charAt(i);
            if (c == '\\' && i < name.length() - 2) {
                i++;
                c = name.charAt(i);
            }
            bare.append(c);
        }
        return bare.toString();
    }
}
