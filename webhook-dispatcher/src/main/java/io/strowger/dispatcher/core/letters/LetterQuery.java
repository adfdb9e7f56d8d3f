package io.strowger.dispatcher.core.letters;

import io.strowger.contracts.event.EventRecord;
import io.strowger.dispatcher.core.delivery.LaneKey;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which dead letters somebody means.
///
/// @param from given up at this moment or later; null: from the oldest
/// @param until given up before; null: to the newest
/// @param receiver `host` or `host:port`; null: any
/// @param after only those with a higher id; -1: all
/// @param limit how many at most, 1..1000
/// @param withReplayed also those that their receivers have accepted since
public record LetterQuery(
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String receiver,
        long after,
        int limit,
        boolean withReplayed) {
    public static final int MOST = 1000;

    /// @throws IllegalArgumentException when the limit is out of its range
    public LetterQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is " + limit + ": allowed is 1.." + MOST);
        }
    }

    /// Whether anything narrows it down.
    public boolean isBounded() {
        return from != null || until != null || receiver != null;
    }

    public LetterQuery after(long id) {
        return new LetterQuery(from, until, receiver, id, limit, withReplayed);
    }

    /// Whether the letter is meant, going by all but whether it was replayed.
    public boolean matches(DeadLetter letter) {
        return letter.id() > after
                && (from == null || !letter.at().isBefore(from))
                && (until == null || letter.at().isBefore(until))
                && (receiver == null || isTo(letter.event(), receiver));
    }

    private static boolean isTo(@Nullable EventRecord event, String receiver) {
        if (event == null) {
            return false;
        }
        return LaneKey.server(event.callbackUri()).equals(receiver.toLowerCase(Locale.ROOT))
                || receiver.equalsIgnoreCase(event.callbackUri().getHost());
    }
}
