package io.strowger.worker.core.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TalkersTest {
    private static final int ROOM = 20;
    private static final int SPEECH = 3000;
    private final Talkers talkers = new Talkers();
    private final List<Voice> voices = new ArrayList<>();

    private void join(int count) {
        for (int i = 0; i < count; i++) {
            Voice voice = new Voice();
            voice.mayBeHeard(true);
            voices.add(voice);
            talkers.add(voice);
        }
    }

    /// A frame: each voice says a magnitude.
    private void frame(int... magnitudes) {
        for (int i = 0; i < voices.size(); i++) {
            Arrays.fill(voices.get(i).heard, (short) magnitudes[i]);
            voices.get(i).listened();
        }
        talkers.choose();
    }

    private void frames(int count, int... magnitudes) {
        for (int i = 0; i < count; i++) {
            frame(magnitudes);
        }
    }

    private List<Integer> talking() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < voices.size(); i++) {
            if (voices.get(i).isTalker()) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    private static int[] all(int count, int magnitude) {
        int[] magnitudes = new int[count];
        Arrays.fill(magnitudes, magnitude);
        return magnitudes;
    }

    private static int[] except(int[] magnitudes, int index, int magnitude) {
        int[] changed = magnitudes.clone();
        changed[index] = magnitude;
        return changed;
    }

    @Test
    void uptoEightAreAllMixedHoweverQuiet() {
        join(8);

        frame(0, 1, 20, 3000, 0, 0, 9000, 5);

        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), talking());
    }

    @Test
    void ofEqualsWhoJoinedFirstIsMixed() {
        join(12);

        frames(100, all(12, SPEECH));

        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), talking());
    }

    @Test
    void whoBeginsToSpeakInAQuietRoomIsHeardFromTheFirstFrame() {
        join(350);
        frames(100, all(350, ROOM));

        frame(except(all(350, ROOM), 349, SPEECH));

        assertTrue(voices.get(349).isTalker());
        assertEquals(Talkers.PLACES, talking().size());
    }

    @Test
    void eightWhoBeginAtOnceAreAllHeardAtOnce() {
        join(350);
        frames(100, all(350, ROOM));
        int[] loud = all(350, ROOM);
        Arrays.fill(loud, 300, 308, SPEECH);

        frame(loud);

        assertEquals(List.of(300, 301, 302, 303, 304, 305, 306, 307), talking());
    }

    @Test
    void aTalkerIsNotCutOffByOneALittleLouder() {
        join(9);
        frames(50, except(all(9, SPEECH), 8, ROOM));

        frames(200, except(all(9, SPEECH), 8, SPEECH * 2));

        assertFalse(voices.get(8).isTalker());
    }

    @Test
    void aPauseOfThreeHundredMillisecondsCostsNoTalkerItsPlace() {
        join(9);
        frames(50, except(all(9, SPEECH), 8, ROOM));

        for (int pause = 0; pause < 15; pause++) {
            frame(except(except(all(9, SPEECH), 8, SPEECH), 3, 0));
            assertTrue(voices.get(3).isTalker(), "lost its place after " + pause + " frames");
        }
    }

    @Test
    void whoHasStoppedSpeakingMakesRoomWithinASecond() {
        join(9);
        frames(50, except(all(9, SPEECH), 8, ROOM));

        frames(50, except(except(all(9, SPEECH), 8, SPEECH), 3, 0));

        assertEquals(List.of(0, 1, 2, 4, 5, 6, 7, 8), talking());
    }

    @Test
    void oneMuchLouderIsHeardAmongEightWhoSpeak() {
        join(9);
        frames(50, except(all(9, 1000), 8, ROOM));

        frames(3, except(all(9, 1000), 8, 10_000));

        assertTrue(voices.get(8).isTalker());
    }

    @Test
    void whoIsMutedMakesRoomAtOnceAndSoDoesWhoLeaves() {
        join(10);
        frames(50, all(10, SPEECH));

        voices.get(2).mayBeHeard(false);
        talkers.remove(voices.get(5));
        frame(all(10, SPEECH));

        assertEquals(List.of(0, 1, 3, 4, 6, 7, 8, 9), talking());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void thereAreAsManyTalkersAsPlacesWhateverIsSaidAndTheSameEachTime(long seed) {
        join(30);
        TalkersTest twin = new TalkersTest();
        twin.join(30);
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 2000; i++) {
            int[] magnitudes = random.ints(30, 0, random.nextBoolean() ? 100 : 20_000).toArray();
            int muted = random.nextInt(30);
            boolean may = random.nextBoolean();
            voices.get(muted).mayBeHeard(may);
            twin.voices.get(muted).mayBeHeard(may);
            frame(magnitudes);
            twin.frame(magnitudes);

            long audible = voices.stream().filter(Voice::isAudible).count();
            assertEquals(Math.min(Talkers.PLACES, audible), talking().size());
            assertEquals(twin.talking(), talking());
            assertTrue(talking().stream().allMatch(number -> voices.get(number).isAudible()));
        }
    }
}
