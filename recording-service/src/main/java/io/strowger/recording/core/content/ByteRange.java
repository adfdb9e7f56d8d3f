package io.strowger.recording.core.content;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which bytes of a file a request wants (RFC 9110 14). Only single ranges are served: several, and
/// what is no range, count as none, as RFC 9110 14.2 allows. One official client sends
/// `bytes=undefined` when it wants all.
public sealed interface ByteRange {
    Pattern SINGLE = Pattern.compile("(?i)bytes=\\s*(\\d*)\\s*-\\s*(\\d*)\\s*");

    /// Beyond the largest file there can be, and no overflow yet.
    int MOST_DIGITS = 18;

    /// All of it: 200.
    record Whole() implements ByteRange {}

    /// Some of it: 206.
    ///
    /// @param first of the bytes
    /// @param last of the bytes, at least `first`
    record Part(long first, long last) implements ByteRange {
        public long length() {
            return last - first + 1;
        }
    }

    /// None of its bytes are there: 416.
    record Unsatisfiable() implements ByteRange {}

    /// @param header `Range`
    /// @param size of the file
    static ByteRange of(@Nullable String header, long size) {
        Matcher range = header == null ? null : SINGLE.matcher(header.strip());
        if (range == null || !range.matches()) {
            return new Whole();
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? new Whole() : suffix(number(last), size);
        }
        long from = number(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
        if (to < from) {
            return new Whole();
        }
        return from >= size ? new Unsatisfiable() : new Part(from, Math.min(to, size - 1));
    }

    private static ByteRange suffix(long length, long size) {
        return length == 0 || size == 0
                ? new Unsatisfiable()
                : new Part(Math.max(0, size - length), size - 1);
    }

    private static long number(String digits) {
        String plain = digits.replaceFirst("^0+(?=.)", "");
        return plain.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(plain);
    }
}
