package io.strowger.worker.core.sip;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parameters of a digest header (RFC 3261 25.1, `digest-cln` and `dig-resp`), whoever sent it.
public final class DigestParameters {
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z0-9-]{1,40})\\s*=\\s*(\"((?:[^\"\\\\]|\\\\.)*+)\"|[^,\\s]++)");
    private static final int LONGEST = 4_000;

    private DigestParameters() {}

    /// Names in lower case, quotes taken off, escapes left as they are; of a repeated one the first
    /// counts.
    ///
    /// @param value of the header
    /// @return empty when it is no digest
    public static Optional<Map<String, String>> parse(String value) {
        String text = value.strip();
        if (text.length() > LONGEST || !text.regionMatches(true, 0, "Digest ", 0, 7)) {
            return Optional.empty();
        }
        Map<String, String> found = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(text.substring(7));
        while (matcher.find()) {
            String quoted = matcher.group(3);
            found.putIfAbsent(
                    matcher.group(1).toLowerCase(Locale.ROOT),
                    quoted != null ? quoted : matcher.group(2));
        }
        return Optional.of(found);
    }
}
