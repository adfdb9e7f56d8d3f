package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.heardMs;
import static io.strowger.worker.core.bridge.Conversation.operation;
import static io.strowger.worker.core.bridge.Conversation.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaEvent.PlayEnded;
import io.strowger.contracts.media.MediaEvent.PlayStarted;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.worker.core.play.Loaded;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgePlayTest {
    private static final short[] LOW = Tones.sine(450, 200, 8000);
    private static final short[] HIGH = Tones.sine(1100, 200, 8000);
    private final Conversation call = new Conversation();

    @Test
    void playsSourcesInOrderAndTellsTheBeginningAndTheEndOnce() {
        WireSocket phone = call.join();

        call.play(1, 2, false);
        call.bridge.loaded(operation(1), 0, ready(LOW));
        call.bridge.loaded(operation(1), 1, ready(HIGH));
        call.frames(30);

        short[] heard = phone.heard(0);
        assertEquals(200, ToneDetector.heardMs(java.util.Arrays.copyOf(heard, 1600), 450));
        assertEquals(200, heardMs(phone, 10, 1100));
        assertEquals(200, heardMs(phone, 0, 450));
        assertEquals(
                List.of(
                        new PlayStarted(operation(1)),
                        new PlayEnded(operation(1), PlayOutcome.COMPLETED, null, null)),
                call.events);
    }

    @Test
    void fetchesTheNextSourceWhileOnePlaysAndNoFurther() {
        call.join();

        call.play(1, 3, false);
        call.bridge.loaded(operation(1), 0, ready(LOW));
        call.bridge.loaded(operation(1), 1, ready(HIGH));
        call.frames(1);
        List<Integer> duringTheFirst = List.copyOf(call.fetches);
        call.frames(10);

        assertEquals(List.of(0, 1), duringTheFirst);
        assertEquals(List.of(0, 1, 2), call.fetches);
    }

    @Test
    void isSilentWhileASourceIsAwaitedAndBeginsWhenItComes() {
        WireSocket phone = call.join();

        call.play(1, 1, false);
        call.frames(20);
        assertEquals(List.of(), call.events);
        call.bridge.loaded(operation(1), 0, ready(LOW));
        call.frames(20);

        assertEquals(0, ToneDetector.heardMs(java.util.Arrays.copyOf(phone.heard(0), 3200), 450));
        assertEquals(200, heardMs(phone, 20, 450));
        assertEquals(1, call.events(PlayEnded.class).size());
    }

    @Test
    void loopsUntilItIsStopped() {
        WireSocket phone = call.join();
        call.play(1, 2, true);
        call.bridge.loaded(operation(1), 0, ready(LOW));
        call.bridge.loaded(operation(1), 1, ready(HIGH));

        call.frames(100);
        call.bridge.stopPlay(operation(1));
        call.bridge.stopPlay(operation(1));
        call.frames(50);

        assertEquals(1000, heardMs(phone, 0, 450));
        assertEquals(1000, heardMs(phone, 0, 1100));
        assertEquals(1, call.events(PlayStarted.class).size());
        assertEquals(
                List.of(new PlayEnded(operation(1), PlayOutcome.CANCELED, null, null)),
                call.events(PlayEnded.class));
    }

    @Test
    void namesTheSourceThatFailed() {
        WireSocket phone = call.join();

        call.play(1, 3, false);
        call.bridge.loaded(operation(1), 0, ready(LOW));
        call.bridge.loaded(operation(1), 1, ready(HIGH));
        call.bridge.loaded(operation(1), 2, new Loaded.Failed(PlayOutcome.FETCH_FAILED, "gone"));
        call.frames(40);

        assertEquals(200, heardMs(phone, 0, 1100));
        assertEquals(
                List.of(new PlayEnded(operation(1), PlayOutcome.FETCH_FAILED, 2, "gone")),
                call.events(PlayEnded.class));
    }

    @Test
    void aPlayWhoseFirstSourceFailsNeverStarts() {
        call.join();

        call.play(1, 1, true);
        call.bridge.loaded(operation(1), 0, new Loaded.Failed(PlayOutcome.BAD_FORMAT, "noise"));
        call.frames(3);

        assertEquals(
                List.of(new PlayEnded(operation(1), PlayOutcome.BAD_FORMAT, 0, "noise")),
                call.events);
    }

    @Test
    void playsToTheLegNamedAndToNoOther() {
        WireSocket first = call.join();
        WireSocket second = call.join();

        call.play(1, 1, false, new LegId(2));
        call.bridge.loaded(operation(1), 0, ready(LOW));
        call.frames(20);

        assertEquals(0, heardMs(first, 0, 450));
        assertEquals(200, heardMs(second, 0, 450));
    }

    @Test
    void twoPlaysAreHeardTogetherAndEndEachOnTheirOwn() {
        WireSocket phone = call.join();

        call.play(1, 1, false);
        call.play(2, 1, false);
        call.bridge.loaded(operation(1), 0, ready(Tones.sine(450, 100, 8000)));
        call.bridge.loaded(operation(2), 0, ready(HIGH));
        call.frames(20);

        assertEquals(100, heardMs(phone, 0, 450));
        assertEquals(200, heardMs(phone, 0, 1100));
        assertEquals(2, call.events(PlayEnded.class).size());
    }

    @Test
    void aRepeatedOrderHasNoSecondEffectEvenAfterTheEnd() {
        call.join();
        call.play(1, 1, false);
        call.play(1, 1, false);
        call.bridge.loaded(operation(1), 0, ready(LOW));
        call.frames(20);

        call.play(1, 1, false);
        call.frames(20);

        assertEquals(List.of(0), call.fetches);
        assertEquals(1, call.events(PlayEnded.class).size());
    }

    @Test
    void failsWhenNobodyIsThereOrLeftToHear() {
        call.join();
        call.join();
        call.play(1, 1, false, new LegId(9));
        call.play(2, 1, true, new LegId(2));
        call.play(3, 1, true);
        call.bridge.loaded(operation(2), 0, ready(LOW));
        call.bridge.loaded(operation(3), 0, ready(LOW));
        call.frames(5);

        call.bridge.removeLeg(new LegId(2), call.packet, 0);
        List<PlayEnded> afterOne = call.events(PlayEnded.class);
        call.bridge.removeLeg(new LegId(1), call.packet, 0);

        assertEquals(
                List.of(operation(1), operation(2)),
                afterOne.stream().map(PlayEnded::operationId).toList());
        assertEquals(3, call.events(PlayEnded.class).size());
        assertTrue(
                call.events(PlayEnded.class).stream()
                        .allMatch(ended -> ended.outcome() == PlayOutcome.FAILED));
        assertTrue(call.bridge.legs() == 0);
    }

    @Test
    void aPlayOfNothingFailsAtOnce() {
        call.join();

        call.play(1, 0, true);
        call.frames(2);

        assertEquals(
                List.of(new PlayEnded(operation(1), PlayOutcome.FAILED, null, "it has no source")),
                call.events);
    }

    @Test
    void whatIsLoadedAfterTheEndIsPassedOver() {
        WireSocket phone = call.join();
        call.play(1, 1, false);

        call.bridge.stopPlay(operation(1));
        call.bridge.loaded(operation(1), 0, ready(LOW));
        call.frames(20);

        assertEquals(0, heardMs(phone, 0, 450));
        assertEquals(1, call.events.size());
    }
}
