package io.strowger.dispatcher.shell.http;

import io.strowger.dispatcher.core.letters.LetterQuery;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads which dead letters are meant from the query of a request.
final class QueryText {
    private static final int USUAL_LIMIT = 100;
    private static final Set<String> KNOWN =
            Set.of("from", "until", "receiver", "after", "limit", "replayed");

    private QueryText() {}

    /// @throws BadQuery with what is wrong: a misspelt filter must not mean all
    static LetterQuery of(MultiMap parameters) {
        for (String name : parameters.names()) {
            if (!KNOWN.contains(name)) {
                throw new BadQuery("Unknown parameter " + name + ": there are " + KNOWN + ".");
            }
        }
        long limit = number("limit", parameters.get("limit"), USUAL_LIMIT);
        if (limit < 1 || limit > LetterQuery.MOST) {
            throw new BadQuery("limit is 1.." + LetterQuery.MOST + ".");
        }
        return new LetterQuery(
                instant("from", parameters.get("from")),
                instant("until", parameters.get("until")),
                parameters.get("receiver"),
                number("after", parameters.get("after"), -1),
                (int) limit,
                Boolean.parseBoolean(parameters.get("replayed")));
    }

    /// -1: not one.
    static long id(@Nullable String text) {
        return text == null || !text.matches("\\d{1,18}") ? -1 : Long.parseLong(text);
    }

    private static long number(String name, @Nullable String text, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        long number = id(text);
        if (number < 0) {
            throw new BadQuery(name + " is a number from 0.");
        }
        return number;
    }

    private static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new BadQuery(name + " is a moment such as 2026-11-22T16:33:38Z.");
        }
    }
}
