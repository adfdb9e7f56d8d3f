package io.strowger.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/// Spoils well-formed input in the ways that parsers are known to trip over. The same seed spoils
/// the same input the same way, so a failure is found again by its seed. For one thread.
public final class Mutations {
    private static final int MOST_AT_ONCE = 4;
    private static final String SEPARATORS = " \t\r\n:;,=/<>\"@?&{}[]()";

    /// What stands where nobody expects it. All of it is Latin-1, so that it goes into bytes, too.
    private static final List<String> MORSELS =
            List.of(
                    "",
                    "\0",
                    "\r",
                    "\n",
                    "\r\n",
                    "\r\n\r\n",
                    "\r\n ",
                    "\t",
                    "/",
                    "//",
                    ":",
                    ";",
                    ";;=",
                    ",",
                    "=",
                    "<",
                    "<<>",
                    ">",
                    "\"",
                    "\"\\",
                    "@",
                    "[",
                    "[::1",
                    "]",
                    "{",
                    "[[[[[[[[",
                    "%",
                    "%0",
                    "%00",
                    "%zz",
                    "%s%n",
                    "0",
                    "-1",
                    "007",
                    "65536",
                    "2147483648",
                    "4294967296",
                    "99999999999999999999999",
                    "1e999",
                    "null",
                    "true",
                    "\u00e4",
                    "\u00c3\u00a4",
                    "\u00ff\u00fe",
                    "\u0085\u00a0",
                    "../../..",
                    "${jndi:x}",
                    "x".repeat(300),
                    "9".repeat(40),
                    "a,".repeat(2_000));

    private final SplittableRandom random;

    public Mutations(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// One of these.
    public <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// From 0 to below `bound`.
    public int number(int bound) {
        return random.nextInt(bound);
    }

    /// Spoilt in one to four places.
    public byte[] of(byte[] whole) {
        return of(new String(whole, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Spoilt in one to four places.
    public String of(String whole) {
        String spoilt = whole;
        for (int i = random.nextInt(MOST_AT_ONCE); i >= 0; i--) {
            spoilt = once(spoilt);
        }
        return spoilt;
    }

    private String once(String text) {
        if (text.isEmpty()) {
            return any(MORSELS);
        }
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + 1 + random.nextInt(40));
        return switch (random.nextInt(10)) {
            case 0 ->
                    text.substring(0, from) + (char) random.nextInt(256) + text.substring(from + 1);
            case 1 -> text.substring(0, from) + text.substring(to);
            case 2 -> text.substring(0, to) + text.substring(from);
            case 3 -> text.substring(0, from);
            case 4 -> text.substring(0, from) + any(MORSELS) + text.substring(from);
            case 5, 6, 7 -> token(text, from);
            default -> line(text);
        };
    }

    /// Puts a morsel in place of what stands between two separators.
    private String token(String text, int at) {
        int from = at;
        while (from > 0 && SEPARATORS.indexOf(text.charAt(from - 1)) < 0) {
            from--;
        }
        int to = at;
        while (to < text.length() && SEPARATORS.indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return text.substring(0, from) + any(MORSELS) + text.substring(to);
    }

    /// Drops a line, says it twice, or says it in another one's place.
    private String line(String text) {
        String[] lines = text.split("(?<=\n)", -1);
        int chosen = random.nextInt(lines.length);
        String line = lines[chosen];
        switch (random.nextInt(3)) {
            case 0 -> lines[chosen] = "";
            case 1 -> lines[chosen] = line + line;
            default -> lines[random.nextInt(lines.length)] = line;
        }
        return String.join("", lines);
    }
}
