package io.strowger.worker.shell.speech;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The language that a voice speaks, as BCP 47 tags in lower case.
public final class Languages {
    private static final String USUAL = "en-us";

    /// `en-US-NancyNeural`: a language, a region, and the name of a person.
    private static final Pattern VOICE =
            Pattern.compile("([a-z]{2,3})(?:-([a-z]{2}|\\d{3}))?(?:-.*)?");

    private Languages() {}

    /// The voice says more than the locale of the text, as the same application gives both.
    ///
    /// @return what to try, the closest first; only letters, digits and hyphens; never empty
    public static List<String> of(@Nullable String locale, @Nullable String voiceName) {
        String name = voiceName != null ? voiceName : locale != null ? locale : USUAL;
        Matcher parts = VOICE.matcher(name.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return voiceName != null ? of(locale, null) : List.of(USUAL);
        }
        String language = parts.group(1);
        return parts.group(2) == null
                ? List.of(language)
                : List.of(language + "-" + parts.group(2), language);
    }
}
