package io.strowger.media.sdp;

import io.strowger.media.srtp.CryptoSuite;
import io.strowger.media.srtp.SrtpKeys;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An `a=crypto` line that we can do (RFC 4568 4): a suite that is known, one key, no MKI, nothing
/// switched off.
///
/// @param tag names the line in the answer, 0..999999999
record CryptoAttribute(int tag, SrtpKeys keys) {
    private static final Pattern LINE =
            Pattern.compile(
                    "(\\d{1,9})\\s+(\\w+)\\s+inline:([A-Za-z0-9+/]{40})(?:\\|(?:2\\^)?\\d+)?((?:\\s+\\S+)*)\\s*");

    /// @param value behind `crypto:`
    /// @return empty when it is of no use to us, which is no fault
    static Optional<CryptoAttribute> parse(String value) {
        Matcher line = LINE.matcher(value.strip());
        if (!line.matches() || !areHarmless(line.group(4))) {
            return Optional.empty();
        }
        int tag = Integer.parseInt(line.group(1));
        String key = line.group(3);
        return Arrays.stream(CryptoSuite.values())
                .filter(suite -> suite.name().equals(line.group(2)))
                .map(suite -> new CryptoAttribute(tag, new SrtpKeys(suite, key)))
                .findFirst();
    }

    /// Session parameters that are not understood forbid the line, unless they begin with a minus
    /// (6.3.7).
    private static boolean areHarmless(String parameters) {
        return parameters.isBlank()
                || Arrays.stream(parameters.strip().split("\\s+"))
                        .allMatch(each -> each.startsWith("-") || each.startsWith("WSH="));
    }

    static String line(int tag, SrtpKeys keys) {
        return "a=crypto:" + tag + " " + keys.suite() + " inline:" + keys.inline() + "\r\n";
    }
}
