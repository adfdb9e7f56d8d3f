package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.operation;
import static io.strowger.worker.core.bridge.Conversation.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.call.SpokenInput.Choice;
import io.strowger.contracts.call.SpokenInput.Kind;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaEvent.RecognizeEnded;
import io.strowger.contracts.media.MediaEvent.ToneCollected;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.contracts.media.SpeechFailure;
import io.strowger.contracts.media.Understood;
import io.strowger.media.tone.Tones;
import io.strowger.worker.core.bridge.Conversation.Ear;
import io.strowger.worker.core.speech.Heard;
import io.strowger.worker.core.speech.SpeechRecognizer.Failure;
import io.strowger.worker.core.speech.SpeechRecognizer.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgeSpeechTest {
    private static final short[] VOICE = Tones.sine(440, 4000, 6000);
    private static final short[] PROMPT = Tones.sine(1000, 2000, 6000);
    private static final LegId LEG = new LegId(1);
    private static final SpokenInput SPEECH = input(Kind.SPEECH);
    private final Conversation talk = new Conversation();
    private final WireSocket phone = talk.join();

    private static SpokenInput input(Kind kind) {
        return new SpokenInput(
                kind,
                "en-US",
                Duration.ofMillis(500),
                null,
                kind == Kind.CHOICES
                        ? List.of(new Choice("Confirm", List.of("yes"), Tone.ONE))
                        : List.of());
    }

    private Ear ear() {
        assertEquals(1, talk.ears.size());
        return talk.ears.getFirst();
    }

    private void hears(Heard heard) {
        talk.bridge.heard(operation(1), heard, talk.bridge.nextFrameAtNs());
    }

    private void hearsPart() {
        hears(new Heard.Partial("ye", Duration.ZERO));
    }

    private void hearsAll(String text) {
        hears(new Heard.Said(new Result(text, 0.5, Duration.ZERO, Duration.ZERO, List.of())));
    }

    private void pressOne() {
        for (int i = 0; i < 4; i++) {
            phone.key(1, 8000, i > 1);
        }
        talk.frames(1);
    }

    private RecognizeEnded end() {
        List<RecognizeEnded> ends = talk.events(RecognizeEnded.class);
        assertEquals(1, ends.size(), () -> "ends " + ends);
        return ends.getFirst();
    }

    private static RecognizeEnded ended(RecognizeOutcome outcome, Understood understood) {
        return new RecognizeEnded(
                operation(1), outcome, List.of(), null, null, null, understood, null);
    }

    @Test
    void somebodyWhoIsAloneInTheCallIsListenedToFrameByFrame() {
        talk.listen(1, 0, true, SPEECH);

        talk.talk(100, VOICE);

        assertEquals(100, ear().frames.size());
        assertTrue(ear().heardMs(440) > 1800, () -> "heard ms: " + ear().heardMs(440));
        hearsAll("yes");
        assertEquals(ended(RecognizeOutcome.SPEECH, Understood.speech("yes", 0.5)), end());
        assertTrue(ear().closed);
    }

    @Test
    void aWordEndsAPromptThatMayBeInterrupted() {
        talk.listen(1, 1, true, SPEECH);
        talk.bridge.loaded(operation(1), 0, ready(PROMPT));
        talk.talk(25, VOICE);
        int before = phone.sent.size();

        hearsPart();
        talk.talk(25, VOICE);

        assertTrue(Conversation.heardMs(phone, 0, 1000) >= 400, "the prompt was heard");
        assertEquals(0, Conversation.heardMs(phone, before, 1000), "and is no more");
        assertTrue(ear().heardMs(440) > 800);
    }

    @Test
    void nothingIsHeardOfSomebodyBeforeAPromptThatMayNotBeInterruptedHasEnded() {
        talk.listen(1, 1, false, SPEECH);
        talk.bridge.loaded(operation(1), 0, ready(PROMPT));
        talk.talk(50, VOICE);
        hearsPart();
        hearsAll("echo");
        talk.talk(50, VOICE);

        assertEquals(100, ear().frames.size(), "the recogniser is kept awake");
        assertEquals(0, ear().heardMs(440));
        assertTrue(Conversation.heardMs(phone, 0, 1000) >= 1900, "the whole prompt was heard");

        talk.talk(50, VOICE);
        assertTrue(ear().heardMs(440) > 800);
        hearsAll("yes");
        assertEquals(RecognizeOutcome.SPEECH, end().outcome());
    }

    @Test
    void whoIsMutedOrOnHoldIsNotHeard() {
        talk.listen(1, 0, true, SPEECH);
        talk.bridge.mute(LEG, true, talk.bridge.nextFrameAtNs());

        talk.talk(50, VOICE);

        assertEquals(50, ear().frames.size());
        assertEquals(0, ear().heardMs(440));
    }

    @Test
    void anotherPersonIsNotHeardInsteadOfTheOneThatWasAsked() {
        talk.join();
        talk.listen(1, 0, true, SPEECH);

        talk.talk(50, VOICE, Tones.sine(880, 4000, 6000));

        assertTrue(ear().heardMs(440) > 800);
        assertEquals(0, ear().heardMs(880));
    }

    @Test
    void aKeyThatComesFirstEndsTheListening() {
        talk.listen(1, 0, true, input(Kind.SPEECH_OR_DTMF));
        talk.frames(1);

        pressOne();

        assertTrue(ear().closed);
        assertEquals(1, talk.events(ToneCollected.class).size());
        hearsAll("too late");
        assertEquals(List.of(), talk.events(RecognizeEnded.class));
        talk.frames(150);
        assertEquals(
                new RecognizeEnded(
                        operation(1),
                        RecognizeOutcome.INTER_TONE_TIMEOUT,
                        List.of(Tone.ONE),
                        null,
                        null,
                        null),
                end());
    }

    @Test
    void aKeyMakesAChoiceThoughNobodyCanListen() {
        talk.hasEars = false;
        talk.listen(1, 1, true, input(Kind.CHOICES));
        talk.bridge.loaded(operation(1), 0, ready(PROMPT));
        talk.frames(10);

        pressOne();

        assertEquals(ended(RecognizeOutcome.CHOICE_BY_TONE, Understood.byKey("Confirm")), end());
    }

    @Test
    void speechThatNobodyCanListenToFailsBeforeItsPrompt() {
        talk.hasEars = false;

        talk.listen(1, 1, true, SPEECH);
        talk.frames(10);

        assertEquals(RecognizeOutcome.SPEECH_FAILED, end().outcome());
        assertEquals(SpeechFailure.NOT_CONFIGURED, end().speechFailure());
        assertEquals(List.of(), talk.fetches);
    }

    @Test
    void aRecogniserThatFailsEndsItAndItsPrompt() {
        talk.listen(1, 1, true, SPEECH);
        talk.bridge.loaded(operation(1), 0, ready(PROMPT));
        talk.frames(10);
        int before = phone.sent.size();

        hears(new Heard.Failed(new Failure(SpeechFailure.INTERRUPTED, "it broke")));
        talk.frames(10);

        assertEquals(SpeechFailure.INTERRUPTED, end().speechFailure());
        assertEquals("it broke", end().detail());
        assertEquals(0, Conversation.heardMs(phone, before, 1000));
    }

    @Test
    void aRecogniserThatDoesNotComeToAnEndIsAskedForWhatItHas() {
        talk.listen(1, 0, true, SPEECH);
        hearsPart();
        talk.frames(124);
        assertFalse(ear().finished);

        talk.frames(2);

        assertTrue(ear().finished);
        assertEquals(List.of(), talk.events(RecognizeEnded.class));
        hears(new Heard.Ended());
        assertEquals(RecognizeOutcome.NOT_UNDERSTOOD, end().outcome());
    }

    @Test
    void silenceStopsTheListening() {
        talk.listen(1, 0, true, SPEECH);

        talk.frames(251);

        assertEquals(RecognizeOutcome.INITIAL_SILENCE, end().outcome());
        assertTrue(ear().closed);
    }

    @Test
    void theListeningEndsWithItsLegItsOperationAndItsCall() {
        talk.listen(1, 0, true, SPEECH);
        talk.listen(2, 0, true, SPEECH);
        talk.listen(3, 0, true, SPEECH);
        talk.bridge.stopRecognize(operation(1));
        assertEquals(RecognizeOutcome.CANCELED, end().outcome());
        assertEquals(List.of(true, false, false), talk.ears.stream().map(e -> e.closed).toList());

        talk.bridge.abandon();

        assertEquals(List.of(true, true, true), talk.ears.stream().map(e -> e.closed).toList());
        talk.bridge.removeLeg(LEG, talk.packet, 0);
        assertEquals(3, talk.events(RecognizeEnded.class).size());
    }
}
