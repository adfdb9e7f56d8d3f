package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.audio;
import static io.strowger.worker.core.bridge.Conversation.operation;
import static io.strowger.worker.core.bridge.Conversation.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaEvent.PlayStarted;
import io.strowger.contracts.media.MediaEvent.RecognizeEnded;
import io.strowger.contracts.media.MediaEvent.ToneReceived;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.media.sdp.Direction;
import io.strowger.media.tone.Tones;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.play.Loaded;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BridgeKeysTest {
    private static final DtmfOptions FOUR_OR_POUND =
            new DtmfOptions(Duration.ofSeconds(5), Duration.ofSeconds(2), 4, Set.of(Tone.POUND));
    private static final short[] PROMPT = Tones.sine(450, 1000, 8000);
    private final Conversation call = new Conversation();

    private void press(WireSocket phone, int eventCode, long pressedAt) {
        press(call, phone, eventCode, pressedAt);
    }

    private static void press(Conversation call, WireSocket phone, int eventCode, long pressedAt) {
        for (int i = 0; i < 5; i++) {
            phone.key(eventCode, pressedAt, i > 1);
            call.frames(1);
        }
    }

    private List<Tone> tones() {
        return call.events(ToneReceived.class).stream().map(ToneReceived::tone).toList();
    }

    private RecognizeEnded ended() {
        List<RecognizeEnded> all = call.events(RecognizeEnded.class);
        assertEquals(1, all.size(), () -> "one end of a recognition: " + call.events);
        return all.getFirst();
    }

    @Test
    void aKeyThatAnotherWorkerHeardCountsOnceWhoeverTellsItFirst() {
        WireSocket phone = call.join(audio(Direction.SENDRECV, true), true);
        press(phone, 5, 8000);
        Long five = call.presses.getFirst();
        call.bridge.pressedElsewhere(key(Tone.FIVE, five), call.bridge.nextFrameAtNs());
        long six = five + 4000;
        call.bridge.pressedElsewhere(key(Tone.SIX, six), call.bridge.nextFrameAtNs());
        press(phone, 6, 12_000);
        call.bridge.pressedElsewhere(key(Tone.SEVEN, null), call.bridge.nextFrameAtNs());

        assertEquals(List.of(Tone.FIVE, Tone.SIX, Tone.SEVEN), tones());
    }

    @Test
    void theRestOfAPressThatWasToldElsewhereIsNoNewOne() {
        Conversation before = new Conversation();
        press(before, before.join(audio(Direction.SENDRECV, true), true), 5, 8000);
        WireSocket phone =
                call.join(
                        audio(Direction.SENDRECV, true),
                        new ToneReports(true, 3, before.presses.getFirst()));

        press(phone, 5, 8000);
        press(phone, 6, 12_000);

        assertEquals(List.of(Tone.SIX), tones());
        assertEquals(4, call.events(ToneReceived.class).getFirst().sequenceId());
    }

    @Test
    void aRecognitionThatGoesOnAfterAnotherWorkersHasTheKeysThatCameBeforeIt() {
        WireSocket phone = call.join();
        press(phone, 2, 8000);
        press(phone, 3, 12_000);

        call.bridge.startRecognize(
                new MediaCommand.StartRecognize(
                        operation(1),
                        new LegId(1),
                        List.of(),
                        true,
                        FOUR_OR_POUND,
                        new MediaCommand.Collected(Duration.ZERO, List.of(Tone.ONE)),
                        null),
                call.bridge.nextFrameAtNs());
        press(phone, 4, 16_000);

        assertEquals(List.of(Tone.ONE, Tone.TWO, Tone.THREE, Tone.FOUR), ended().tones());
    }

    @Test
    void aRecognitionThatBeginsHasNoKeysThatCameBeforeIt() {
        WireSocket phone = call.join();
        press(phone, 2, 8000);

        call.recognize(1, 0, true, FOUR_OR_POUND);
        press(phone, 11, 12_000);

        assertEquals(List.of(), ended().tones());
    }

    private static MediaCommand.PressTone key(Tone tone, @Nullable Long press) {
        return new MediaCommand.PressTone(new LegId(1), tone, press);
    }

    @Test
    void aKeyIsToldOnceHoweverManyPacketsItHasAndTheSameKeyAgainIsASecond() {
        WireSocket phone = call.join(audio(Direction.SENDRECV, true), true);

        press(phone, 5, 8000);
        press(phone, 5, 12_000);

        assertEquals(
                List.of(
                        new ToneReceived(new LegId(1), Tone.FIVE, 1),
                        new ToneReceived(new LegId(1), Tone.FIVE, 2)),
                call.events);
    }

    @Test
    void aKeyIsHeardThoughOnlyItsLastPacketComes() {
        WireSocket phone = call.join(audio(Direction.SENDRECV, true), true);

        phone.key(11, 8000, true);
        call.frames(1);

        assertEquals(List.of(Tone.POUND), tones());
    }

    @Test
    void flashAndOtherEventsAreNoKeys() {
        WireSocket phone = call.join(audio(Direction.SENDRECV, true), true);

        phone.key(16, 8000, false);
        phone.key(255, 9000, false);
        call.frames(1);

        assertEquals(List.of(), call.events);
    }

    @Test
    void aLegWhoseKeysAreNotAskedForTellsNone() {
        WireSocket phone = call.join(audio(Direction.SENDRECV, true), false);

        press(phone, 5, 8000);

        assertEquals(List.of(), call.events);
    }

    @Test
    void keysAreHeardInTheAudioOfAPhoneWithoutTelephoneEvents() {
        WireSocket phone = call.join(audio(Direction.SENDRECV, false), true);

        for (char key : "1*9".toCharArray()) {
            short[] tone = Tones.dtmf(key, 100, 12_000);
            for (int i = 0; i < 5; i++) {
                phone.say(tone, i * 160);
                call.frames(1);
            }
            for (int i = 0; i < 5; i++) {
                phone.say(new short[160], 0);
                call.frames(1);
            }
        }
        call.frames(10);

        assertEquals(List.of(Tone.ONE, Tone.ASTERISK, Tone.NINE), tones());
    }

    @Test
    void soundIsNoKeyForAPhoneThatHasTelephoneEvents() {
        WireSocket phone = call.join(audio(Direction.SENDRECV, true), true);

        for (int i = 0; i < 20; i++) {
            phone.say(Tones.dtmf('5', 100, 12_000), i * 160);
            call.frames(1);
        }

        assertEquals(List.of(), call.events);
    }

    @Test
    void collectsAsManyKeysAsAskedForAfterThePrompt() {
        WireSocket phone = call.join();
        call.recognize(1, 1, true, FOUR_OR_POUND);
        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        call.frames(60);

        for (int key = 1; key <= 4; key++) {
            press(phone, key, 8000L * key);
        }

        assertEquals(List.of(new PlayStarted(operation(1))), call.events(PlayStarted.class));
        assertEquals(
                List.of(
                        new MediaEvent.ToneCollected(operation(1), Tone.ONE, 1),
                        new MediaEvent.ToneCollected(operation(1), Tone.TWO, 2),
                        new MediaEvent.ToneCollected(operation(1), Tone.THREE, 3)),
                call.events(MediaEvent.ToneCollected.class));
        assertEquals(
                new RecognizeEnded(
                        operation(1),
                        RecognizeOutcome.MAX_TONES,
                        List.of(Tone.ONE, Tone.TWO, Tone.THREE, Tone.FOUR),
                        null,
                        null,
                        null),
                ended());
    }

    @Test
    void aKeyCutsThePromptShortAndCounts() {
        WireSocket phone = call.join();
        call.recognize(1, 1, true, FOUR_OR_POUND);
        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        call.frames(10);

        press(phone, 7, 8000);
        int afterTheKey = phone.sent.size();
        call.frames(150);

        assertEquals(0, Conversation.heardMs(phone, afterTheKey, 450));
        assertEquals(RecognizeOutcome.INTER_TONE_TIMEOUT, ended().outcome());
        assertEquals(List.of(Tone.SEVEN), ended().tones());
    }

    @Test
    void aPromptThatMayNotBeInterruptedPlaysOnAndSwallowsKeys() {
        WireSocket phone = call.join();
        call.recognize(1, 1, false, FOUR_OR_POUND);
        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        call.frames(10);

        press(phone, 7, 8000);
        call.frames(50);
        press(phone, 11, 16_000);

        assertEquals(1000, Conversation.heardMs(phone, 0, 450));
        assertEquals(RecognizeOutcome.STOP_TONE, ended().outcome());
        assertEquals(List.of(), ended().tones());
    }

    @Test
    void theFirstSilenceIsCountedFromTheEndOfThePrompt() {
        call.join();
        call.recognize(1, 1, true, FOUR_OR_POUND);
        call.frames(400);
        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        call.frames(50 + 249);
        assertEquals(List.of(), call.events(RecognizeEnded.class));

        call.frames(2);

        assertEquals(RecognizeOutcome.INITIAL_SILENCE, ended().outcome());
    }

    @Test
    void withoutAPromptListeningBeginsAtOnce() {
        call.join();

        call.recognize(1, 0, true, FOUR_OR_POUND);
        call.frames(251);

        assertEquals(RecognizeOutcome.INITIAL_SILENCE, ended().outcome());
    }

    @Test
    void aFailedPromptEndsItAndNamesTheSource() {
        call.join();
        call.recognize(1, 2, true, FOUR_OR_POUND);

        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        call.bridge.loaded(operation(1), 1, new Loaded.Failed(PlayOutcome.FETCH_FAILED, "404"));
        call.frames(400);

        assertEquals(
                new RecognizeEnded(
                        operation(1),
                        RecognizeOutcome.PROMPT_FAILED,
                        List.of(),
                        PlayOutcome.FETCH_FAILED,
                        1,
                        "404"),
                ended());
    }

    @Test
    void aCancelledOneEndsWithItsPromptAndOnce() {
        WireSocket phone = call.join();
        call.recognize(1, 1, true, FOUR_OR_POUND);
        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        call.frames(10);

        call.bridge.stopRecognize(operation(1));
        call.bridge.stopRecognize(operation(1));
        call.frames(400);

        assertEquals(RecognizeOutcome.CANCELED, ended().outcome());
        assertEquals(0, Conversation.heardMs(phone, 10, 450));
    }

    @Test
    void endsWhenTheLegLeavesOrWasNeverThere() {
        call.join();
        call.join();
        call.recognize(1, 1, true, FOUR_OR_POUND);
        call.bridge.loaded(operation(1), 0, ready(PROMPT));
        call.frames(10);

        call.bridge.removeLeg(new LegId(1), call.packet, 0);
        call.recognize(2, 1, true, FOUR_OR_POUND);
        call.frames(400);

        assertEquals(
                List.of(RecognizeOutcome.FAILED, RecognizeOutcome.FAILED),
                call.events(RecognizeEnded.class).stream().map(RecognizeEnded::outcome).toList());
    }

    @Test
    void keysOfAnotherLegAreNotCollected() {
        call.join();
        WireSocket other = call.join();
        call.recognize(1, 0, true, FOUR_OR_POUND);

        press(other, 11, 8000);

        assertEquals(List.of(), call.events);
    }

    @Test
    void aRepeatedOrderHasNoSecondEffect() {
        call.join();
        call.recognize(1, 0, true, FOUR_OR_POUND);
        call.recognize(1, 0, true, FOUR_OR_POUND);
        call.frames(251);

        call.recognize(1, 0, true, FOUR_OR_POUND);
        call.frames(251);

        assertEquals(1, call.events.size());
    }
}
