package io.strowger.worker.core.recognize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.call.SpokenInput.Choice;
import io.strowger.contracts.call.SpokenInput.Kind;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.contracts.media.SpeechFailure;
import io.strowger.contracts.media.Understood;
import io.strowger.worker.core.speech.Heard;
import io.strowger.worker.core.speech.SpeechRecognizer.Failure;
import io.strowger.worker.core.speech.SpeechRecognizer.Result;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpokenRecognitionTest {
    private static final long SECOND = 1_000_000_000L;

    /// The steady clock may begin anywhere and wrap.
    private static final long START = nearTheWrap();

    private static final DtmfOptions KEYS =
            new DtmfOptions(Duration.ofSeconds(5), Duration.ofSeconds(2), 2, Set.of(Tone.POUND));
    private static final List<Choice> CHOICES =
            List.of(
                    new Choice("Confirm", List.of("yes"), Tone.ONE),
                    new Choice("Cancel", List.of("no"), Tone.TWO));
    private static final Heard A_WORD = new Heard.Partial("ye", Duration.ZERO);

    private static long nearTheWrap() {
        return Long.MAX_VALUE - 3 * SECOND;
    }

    private static SpokenInput input(Kind kind) {
        return new SpokenInput(
                kind,
                "en-US",
                Duration.ofMillis(500),
                null,
                kind == Kind.CHOICES ? CHOICES : List.of());
    }

    private static Recognition of(Kind kind) {
        return new Recognition(KEYS, input(kind), true, false, START);
    }

    private static Recognition prompting(Kind kind, boolean interruptPrompt) {
        return new Recognition(KEYS, input(kind), interruptPrompt, true, START);
    }

    private static Heard said(String text) {
        return new Heard.Said(new Result(text, 0.75, Duration.ZERO, Duration.ZERO, List.of()));
    }

    private static Heard failed(SpeechFailure reason) {
        return new Heard.Failed(new Failure(reason, "why"));
    }

    @Test
    void endsWithWhatWasSaid() {
        Recognition speech = of(Kind.SPEECH);

        assertNull(speech.heard(A_WORD, START));
        assertEquals(RecognizeOutcome.SPEECH, speech.heard(said("yes please"), START));

        assertEquals(Understood.speech("yes please", 0.75), speech.understood());
    }

    @Test
    void keysAreNothingToARecognitionOfSpeechAlone() {
        Recognition speech = prompting(Kind.SPEECH, true);

        assertFalse(speech.interruptsPrompt());
        assertNull(speech.pressed(Tone.POUND, START));
        assertNull(speech.pressed(Tone.ONE, START));

        assertEquals(List.of(), speech.tones());
        speech.promptEnded(START);
        assertEquals(RecognizeOutcome.INITIAL_SILENCE, speech.at(START + 5 * SECOND));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void waitsForTheFirstWordFromTheEndOfThePromptAndNotOnceItHasCome(Kind kind) {
        Recognition quiet = prompting(kind, true);
        Recognition spoken = prompting(kind, true);
        quiet.promptEnded(START + 60 * SECOND);
        spoken.promptEnded(START + 60 * SECOND);

        assertNull(spoken.heard(A_WORD, START + 64 * SECOND));

        assertNull(quiet.at(START + 65 * SECOND - 1));
        assertEquals(RecognizeOutcome.INITIAL_SILENCE, quiet.at(START + 65 * SECOND));
        assertNull(spoken.at(START + 65 * SECOND));
    }

    @Test
    void aWordBreaksOffAPromptThatMayBeInterrupted() {
        Recognition speech = prompting(Kind.SPEECH, true);
        assertTrue(speech.listens());

        assertNull(speech.heard(A_WORD, START));

        assertTrue(speech.isBeingSpokenTo());
        assertFalse(speech.hasHeardEnough(START + 2 * SECOND));
        assertEquals(RecognizeOutcome.SPEECH, speech.heard(said("yes"), START + SECOND));
    }

    @Test
    void whatIsSaidDuringAPromptThatMayNotBeInterruptedIsNothing() {
        Recognition speech = prompting(Kind.SPEECH, false);

        assertFalse(speech.listens());
        assertNull(speech.heard(A_WORD, START));
        assertNull(speech.heard(said("yes"), START));
        assertFalse(speech.isBeingSpokenTo());
        speech.promptEnded(START + SECOND);

        assertTrue(speech.listens());
        assertEquals(RecognizeOutcome.SPEECH, speech.heard(said("yes"), START + 2 * SECOND));
    }

    @Test
    void aNoiseDuringThePromptIsNoAnswerAndAfterItIsOneThatWasNotUnderstood() {
        Recognition speech = prompting(Kind.SPEECH, true);

        assertNull(speech.heard(said(""), START));
        speech.promptEnded(START);

        assertEquals(RecognizeOutcome.NOT_UNDERSTOOD, speech.heard(said(" "), START));
    }

    @Test
    void ofKeysAndWordsTheFirstDecides() {
        Recognition keysFirst = of(Kind.SPEECH_OR_DTMF);
        Recognition wordsFirst = of(Kind.SPEECH_OR_DTMF);

        assertNull(keysFirst.pressed(Tone.ONE, START));
        assertNull(wordsFirst.heard(A_WORD, START));

        assertTrue(keysFirst.isOfKeysAlone());
        assertNull(keysFirst.heard(said("yes"), START));
        assertNull(keysFirst.heard(failed(SpeechFailure.INTERRUPTED), START));
        assertEquals(RecognizeOutcome.MAX_TONES, keysFirst.pressed(Tone.TWO, START));
        assertEquals(List.of(Tone.ONE, Tone.TWO), keysFirst.tones());
        assertNull(wordsFirst.pressed(Tone.POUND, START));
        assertEquals(RecognizeOutcome.SPEECH, wordsFirst.heard(said("yes"), START));
        assertEquals(List.of(), wordsFirst.tones());
    }

    @Test
    void goesOnWithKeysThatWerePressedAtAnotherWorker() {
        Recognition either = prompting(Kind.SPEECH_OR_DTMF, true);

        either.resume(List.of(Tone.ONE), START);

        assertTrue(either.isOfKeysAlone());
        assertFalse(either.listens());
        assertEquals(RecognizeOutcome.STOP_TONE, either.pressed(Tone.POUND, START));
    }

    @Test
    void aKeyMakesAChoiceOrNone() {
        Recognition right = of(Kind.CHOICES);
        Recognition wrong = of(Kind.CHOICES);

        assertEquals(RecognizeOutcome.CHOICE_BY_TONE, right.pressed(Tone.TWO, START));
        assertEquals(RecognizeOutcome.WRONG_TONE, wrong.pressed(Tone.POUND, START));

        assertEquals(Understood.byKey("Cancel"), right.understood());
        assertEquals(List.of(), right.tones());
        assertNull(wrong.understood());
    }

    @Test
    void aPhraseMakesAChoiceOrNone() {
        Recognition right = of(Kind.CHOICES);
        Recognition wrong = of(Kind.CHOICES);

        assertEquals(RecognizeOutcome.CHOICE_BY_SPEECH, right.heard(said("Yes!"), START));
        assertEquals(RecognizeOutcome.NO_CHOICE_MATCHED, wrong.heard(said("maybe"), START));

        assertEquals(new Understood("Confirm", "yes", 0.75), right.understood());
    }

    @Test
    void choicesWithoutKeysPassKeysOver() {
        Recognition spoken =
                new Recognition(
                        KEYS,
                        new SpokenInput(
                                Kind.CHOICES,
                                "en-US",
                                Duration.ofMillis(500),
                                null,
                                List.of(new Choice("Confirm", List.of("yes"), null))),
                        true,
                        false,
                        START);

        assertNull(spoken.pressed(Tone.ONE, START));
        assertEquals(RecognizeOutcome.SPEECH_FAILED, spoken.cannotListen());
    }

    @Test
    void withoutARecogniserKeysAloneAreEnoughWhereThereAreAny() {
        Recognition speech = of(Kind.SPEECH);

        assertEquals(RecognizeOutcome.SPEECH_FAILED, speech.cannotListen());
        assertNull(of(Kind.SPEECH_OR_DTMF).cannotListen());
        assertNull(of(Kind.CHOICES).cannotListen());

        assertEquals(
                new Failure(SpeechFailure.NOT_CONFIGURED, "no speech recogniser is set up"),
                speech.failure());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void failsWithItsRecogniser(Kind kind) {
        Recognition one = of(kind);

        assertEquals(
                RecognizeOutcome.SPEECH_FAILED,
                one.heard(failed(SpeechFailure.TOO_MANY_REQUESTS), START));

        assertEquals(new Failure(SpeechFailure.TOO_MANY_REQUESTS, "why"), one.failure());
    }

    @Test
    void aRecogniserThatLeavesHasNotUnderstoodWhoSpokeAndFailedWhoDidNot() {
        Recognition spoke = of(Kind.SPEECH);
        Recognition quiet = of(Kind.SPEECH);
        assertNull(spoke.heard(A_WORD, START));

        assertEquals(RecognizeOutcome.NOT_UNDERSTOOD, spoke.heard(new Heard.Ended(), START));
        assertEquals(RecognizeOutcome.SPEECH_FAILED, quiet.heard(new Heard.Ended(), START));
    }

    @Test
    void asksForWhatWasHeardWhenNothingMoreComesOrTooMuch() {
        Recognition pause = of(Kind.SPEECH);
        Recognition endless = of(Kind.SPEECH);
        assertNull(pause.heard(A_WORD, START));
        long stopped = START + 2 * SECOND;
        assertNull(pause.heard(A_WORD, stopped));

        assertFalse(pause.hasHeardEnough(stopped + 2 * SECOND));
        assertTrue(pause.hasHeardEnough(stopped + 5 * SECOND / 2));

        for (int second = 0; second < 60; second++) {
            assertNull(endless.heard(A_WORD, START + second * SECOND));
            assertFalse(endless.hasHeardEnough(START + second * SECOND));
        }
        assertNull(endless.heard(A_WORD, START + 60 * SECOND));
        assertTrue(endless.hasHeardEnough(START + 60 * SECOND));
    }
}
