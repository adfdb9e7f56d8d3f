package io.strowger.dispatcher.core.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The value of a `Retry-After` header (RFC 9110 10.2.3): seconds, or a date.
public final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

    private RetryAfter() {}

    /// Empty when the text is neither; a date that is over gives a negative duration.
    public static Optional<Duration> parse(String text, Instant now) {
        String trimmed = text.trim();
        if (SECONDS.matcher(trimmed).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(trimmed)));
        }
        try {
            return Optional.of(Duration.between(now, Instant.from(DATE.parse(trimmed))));
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }
}
