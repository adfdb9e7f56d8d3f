package io.strowger.worker.core.registration;

import io.strowger.worker.core.sip.SipText;
import io.strowger.worker.core.sip.SipUri;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One contact of a REGISTER (RFC 3261 20.10).
///
/// @param text its URI as it came
/// @param binding the URI as it is compared: user part, host, port, transport (19.1.4)
/// @param priority its `q` in thousandths
/// @param expires its own parameter in seconds; empty: none, or not a number (10.2.1.1)
record ContactValue(String text, String binding, int priority, OptionalLong expires) {
    static final String ALL = "*";
    private static final int LONGEST_URI = 500;
    private static final int HIGHEST = 1000;

    /// @return empty for what is no `sip:` URI, or too long
    static Optional<ContactValue> parse(String value) {
        String text = value.strip();
        int open = afterName(text);
        int close = text.indexOf('>', Math.max(open, 0));
        boolean bracketed = open >= 0;
        if (bracketed && close < 0) {
            return Optional.empty();
        }
        int end = bracketed ? close : firstOr(text.indexOf(';'), text.length());
        String uri = text.substring(bracketed ? open + 1 : 0, end).strip();
        String parameters = text.substring(bracketed ? end + 1 : end);
        return isSound(uri)
                ? SipUri.parse(uri)
                        .map(parsed ->
                                new ContactValue(
                                        uri,
                                        binding(parsed),
                                        priority(parameter(parameters, "q")),
                                        seconds(parameter(parameters, "expires"))))
                : Optional.empty();
    }

    /// The bracket of the URI, behind a display name, which may hold brackets of its own.
    private static int afterName(String text) {
        int i = 0;
        if (text.startsWith("\"")) {
            for (i = 1; i < text.length() && text.charAt(i) != '"'; i++) {
                if (text.charAt(i) == '\\') {
                    i++;
                }
            }
        }
        return text.indexOf('<', i);
    }

    private static int firstOr(int index, int otherwise) {
        return index < 0 ? otherwise : index;
    }

    /// It will be the request line of an INVITE.
    private static boolean isSound(String uri) {
        return uri.length() <= LONGEST_URI
                && SipText.isOneLine(uri)
                && uri.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '<' || c == '?');
    }

    private static String binding(SipUri uri) {
        return uri.user()
                + "@"
                + uri.host().toLowerCase(Locale.ROOT)
                + (uri.port() == 0 ? "" : ":" + uri.port())
                + ";"
                + uri.transport();
    }

    private static @Nullable String parameter(String parameters, String name) {
        for (String parameter : parameters.split(";")) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase(name)) {
                return parameter.substring(equals + 1).strip();
            }
        }
        return null;
    }

    private static int priority(@Nullable String q) {
        return q != null && q.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")
                ? (int) Math.round(Double.parseDouble(q) * HIGHEST)
                : HIGHEST;
    }

    /// Delta-seconds, up to 2^32 - 1 (20.19).
    static OptionalLong seconds(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,10}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }
}
