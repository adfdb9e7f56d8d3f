package io.strowger.runtime.auth;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/// The one date form that HTTP clients must send: IMF-fixdate of RFC 9110 5.6.7, e.g. `Sun, 22 Nov
/// 2026 16:33:38 GMT`.
public final class HttpDate {
    private static final DateTimeFormatter FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT)
                    .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.from(FIXDATE.parse(text)));
        } catch (DateTimeParseException notOne) {
            return Optional.empty();
        }
    }

    public static String format(Instant instant) {
        return FIXDATE.format(instant);
    }
}
