package io.strowger.dispatcher.core.letters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.event.EventRecord;
import io.strowger.dispatcher.Events;
import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.dispatcher.core.letters.ReplayRun.Outcome;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LettersTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Answer OK = new Answer.Responded(200, null);
    private static final Answer BROKEN = new Answer.Responded(500, null);

    @Test
    void aPageEndsAtItsLimitAlsoWhenSomeOfItTurnOutToBeReplayed() {
        LetterSearch search = new LetterSearch(query(2));

        search.met(letter(5, "c", "app.example"));
        search.met(letter(8, "d", "app.example"));
        assertTrue(search.isFull());
        search.replayed(5);

        assertTrue(search.isFull(), "letter 9 would be on no page");
        assertEquals(List.of(8L), ids(search.page()));
        assertEquals(OptionalLong.of(8), search.page().next());
    }

    @Test
    void theLastPageHasNoNext() {
        LetterSearch search = new LetterSearch(query(2));

        search.met(letter(5, "c", "app.example"));

        assertEquals(OptionalLong.empty(), search.page().next());
    }

    @Test
    void aReceiverIsMeantWithItsPortOrWithout() {
        DeadLetter letter = letter(1, "c", "App.example");

        assertTrue(to("app.example").matches(letter));
        assertTrue(to("APP.example:443").matches(letter));
        assertFalse(to("app.example:8443").matches(letter));
        assertFalse(to("example").matches(letter));
    }

    @Test
    void anAddressThatIsNoneIsFoundByNoReceiver() {
        DeadLetter letter = letter(1, Events.event("c", URI.create("nowhere"), 1));

        assertFalse(to("nowhere:80").matches(letter));
        assertTrue(query(1).matches(letter));
    }

    @Test
    void timesAreFromInclusiveUntilExclusive() {
        LetterQuery second =
                new LetterQuery(START.plusSeconds(2), START.plusSeconds(3), null, -1, 1, false);

        assertFalse(second.matches(letter(1, "c", "app.example")));
        assertTrue(second.matches(letter(2, "c", "app.example")));
        assertFalse(second.matches(letter(3, "c", "app.example")));
    }

    @Test
    void afterARefusalLaterEventsOfThatCallAreLeftAlone() {
        ReplayRun run = new ReplayRun();
        DeadLetter first = letter(1, "c", "app.example");

        assertEquals(Outcome.REFUSED, run.answered(event(first), BROKEN).outcome());

        assertEquals(
                Outcome.SKIPPED,
                run.withoutAsking(letter(2, "c", "app.example")).orElseThrow().outcome());
        assertTrue(run.withoutAsking(letter(3, "d", "app.example")).isEmpty());
    }

    @Test
    void aReceiverThatRefusesThreeInARowIsLeftAlone() {
        ReplayRun run = new ReplayRun();
        for (int call = 1; call <= 3; call++) {
            assertTrue(run.withoutAsking(letter(call, "c" + call, "app.example")).isEmpty());
            run.answered(event(letter(call, "c" + call, "app.example")), new Answer.TimedOut());
        }

        assertTrue(run.withoutAsking(letter(4, "c4", "app.example")).isPresent());
        assertTrue(run.withoutAsking(letter(5, "c5", "other.example")).isEmpty());
    }

    @Test
    void aSuccessBetweenStartsTheCountAnew() {
        ReplayRun run = new ReplayRun();
        for (int call = 1; call <= 6; call++) {
            DeadLetter letter = letter(call, "c" + call, "app.example");
            run.answered(event(letter), call % 3 == 0 ? OK : BROKEN);
        }

        assertTrue(run.withoutAsking(letter(7, "c7", "app.example")).isEmpty());
    }

    @Test
    void whatCannotBeReadOrWasAcceptedIsNotSent() {
        ReplayRun run = new ReplayRun();

        assertTrue(run.withoutAsking(letter(1, null)).isPresent());
        assertTrue(run.withoutAsking(letter(2, "c", "app.example").asReplayed()).isPresent());
    }

    private static LetterQuery query(int limit) {
        return new LetterQuery(null, null, null, -1, limit, false);
    }

    private static LetterQuery to(String receiver) {
        return new LetterQuery(null, null, receiver, -1, 1, false);
    }

    private static DeadLetter letter(long id, String call, String host) {
        return letter(id, Events.event(call, URI.create("https://" + host + "/e"), id));
    }

    private static DeadLetter letter(long id, @Nullable EventRecord event) {
        return new DeadLetter(id, START.plusSeconds(id), "why", "where", event, false);
    }

    private static EventRecord event(DeadLetter letter) {
        return java.util.Objects.requireNonNull(letter.event());
    }

    private static List<Long> ids(LetterPage page) {
        return page.letters().stream().map(DeadLetter::id).toList();
    }
}
