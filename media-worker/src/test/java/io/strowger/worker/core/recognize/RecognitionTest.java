package io.strowger.worker.core.recognize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.media.RecognizeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecognitionTest {
    private static final long SECOND = 1_000_000_000L;

    /// The steady clock may begin anywhere and wrap.
    private static final long START = nearTheWrap();

    private static long nearTheWrap() {
        return Long.MAX_VALUE - 3 * SECOND;
    }

    private static DtmfOptions options(@Nullable Integer most, Tone... stops) {
        return new DtmfOptions(Duration.ofSeconds(5), Duration.ofSeconds(2), most, Set.of(stops));
    }

    private static Recognition listening(@Nullable Integer most, Tone... stops) {
        return new Recognition(options(most, stops), true, false, START);
    }

    @Test
    void endsAtTheMostTones() {
        Recognition two = listening(2, Tone.POUND);

        assertNull(two.pressed(Tone.ONE, START));
        assertEquals(RecognizeOutcome.MAX_TONES, two.pressed(Tone.A, START));
        assertEquals(List.of(Tone.ONE, Tone.A), two.tones());
    }

    @Test
    void endsAtAStopToneWhichIsNoneOfTheTones() {
        Recognition some = listening(1, Tone.POUND, Tone.ASTERISK);

        assertEquals(RecognizeOutcome.STOP_TONE, some.pressed(Tone.ASTERISK, START));
        assertEquals(List.of(), some.tones());
    }

    @Test
    void withoutAMostGoesOnUntilSilence() {
        Recognition endless = listening(null);

        for (int i = 0; i < 50; i++) {
            assertNull(endless.pressed(Tone.NINE, START + i * SECOND));
        }

        assertEquals(50, endless.tones().size());
        assertNull(endless.at(START + 51 * SECOND - 1));
        assertEquals(RecognizeOutcome.INTER_TONE_TIMEOUT, endless.at(START + 51 * SECOND));
    }

    @Test
    void goesOnWithTonesThatWerePressedBefore() {
        Recognition three = new Recognition(options(3), false, true, START);

        three.resume(List.of(Tone.ONE, Tone.TWO), START);

        assertNull(three.at(START + 2 * SECOND - 1));
        assertEquals(RecognizeOutcome.INTER_TONE_TIMEOUT, three.at(START + 2 * SECOND));
        assertEquals(RecognizeOutcome.MAX_TONES, three.pressed(Tone.THREE, START));
        assertEquals(List.of(Tone.ONE, Tone.TWO, Tone.THREE), three.tones());
    }

    @Test
    void endsAtOnceWhenAllTonesWerePressedBefore() {
        Recognition two = new Recognition(options(2), true, true, START);

        two.resume(List.of(Tone.ONE, Tone.TWO), START);

        assertEquals(RecognizeOutcome.MAX_TONES, two.at(START));
    }

    @Test
    void waitsForTheFirstToneFromTheEndOfThePrompt() {
        Recognition prompting = new Recognition(options(1), true, true, START);

        assertNull(prompting.at(START + 100 * SECOND));
        prompting.promptEnded(START + 100 * SECOND);

        assertNull(prompting.at(START + 105 * SECOND - 1));
        assertEquals(RecognizeOutcome.INITIAL_SILENCE, prompting.at(START + 105 * SECOND));
    }

    @Test
    void thePromptThatAKeyEndedDoesNotStartTheSilenceAgain() {
        Recognition prompting = new Recognition(options(3), true, true, START);
        assertTrue(prompting.interruptsPrompt());
        assertNull(prompting.pressed(Tone.ONE, START));
        assertFalse(prompting.interruptsPrompt());

        prompting.promptEnded(START + SECOND);

        assertEquals(RecognizeOutcome.INTER_TONE_TIMEOUT, prompting.at(START + 2 * SECOND));
    }

    @Test
    void keysDuringAPromptThatMayNotBeInterruptedAreNothing() {
        Recognition prompting = new Recognition(options(1, Tone.POUND), false, true, START);

        assertFalse(prompting.interruptsPrompt());
        assertNull(prompting.pressed(Tone.ONE, START));
        assertNull(prompting.pressed(Tone.POUND, START));

        assertEquals(List.of(), prompting.tones());
    }
}
