package io.strowger.contracts.stream;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the words of a call go, and how speech is understood.
///
/// @param locale language and region, such as `en-US`
/// @param modelEndpointId of a model of the application's own; null: the usual one
/// @param intermediateResults what is understood so far is told, too, before somebody has finished
///   speaking
public record TranscriptionSpec(
        URI url, String locale, @Nullable String modelEndpointId, boolean intermediateResults)
        implements StreamTarget {
    /// BCP 47: a language, perhaps a script, a region, perhaps more.
    private static final Pattern LOCALE =
            Pattern.compile(
                    "[A-Za-z]{2,3}(-[A-Za-z]{4})?-([A-Za-z]{2}|[0-9]{3})(-[A-Za-z0-9]{1,16}){0,3}");

    public TranscriptionSpec {
        StreamTarget.requireWebSocket(url);
        if (!isLocale(locale)) {
            throw new IllegalArgumentException("a locale is a language with a region: " + locale);
        }
    }

    /// Whether this is a language with a region.
    public static boolean isLocale(String text) {
        return LOCALE.matcher(text).matches();
    }

    /// The same, understood otherwise.
    ///
    /// @param otherLocale null: as before
    /// @param otherModelEndpointId null: as before
    public TranscriptionSpec with(
            @Nullable String otherLocale, @Nullable String otherModelEndpointId) {
        return new TranscriptionSpec(
                url,
                otherLocale == null ? locale : otherLocale,
                otherModelEndpointId == null ? modelEndpointId : otherModelEndpointId,
                intermediateResults);
    }

    @Override
    public boolean tellsVoicesApart() {
        return true;
    }

    /// Never the path or query: they may hold a secret.
    @Override
    public String toString() {
        return "TranscriptionSpec[" + url.getHost() + ", " + locale + "]";
    }
}
