package io.strowger.recording.core.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {
    private final Timeline timeline = new Timeline(0, List.of());

    @Test
    void growsWithoutGapsWhenChunksFollowEachOther() {
        assertEquals(0, timeline.arrived(0, 1600));
        assertEquals(0, timeline.arrived(1600, 1600));

        assertEquals(3200, timeline.end());
        assertEquals(List.of(), timeline.gaps());
    }

    @Test
    void remembersWhatIsMissing() {
        timeline.arrived(0, 1600);

        long missing = timeline.arrived(4800, 1600);

        assertEquals(3200, missing);
        assertEquals(List.of(new Span(1600, 3200)), timeline.gaps());
        assertEquals(6400, timeline.end());
    }

    @Test
    void aRepeatedChunkChangesNothing() {
        timeline.arrived(0, 1600);
        timeline.arrived(4800, 1600);

        assertEquals(0, timeline.arrived(4800, 1600));

        assertEquals(List.of(new Span(1600, 3200)), timeline.gaps());
    }

    @Test
    void aLateChunkClosesItsPartOfTheGap() {
        timeline.arrived(0, 1600);
        timeline.arrived(6400, 1600);

        timeline.arrived(3200, 1600);

        assertEquals(List.of(new Span(1600, 1600), new Span(4800, 1600)), timeline.gaps());
    }

    @Test
    void goesOnWhereAnEarlierProcessStopped() {
        Timeline later = new Timeline(3200, List.of(new Span(0, 1600)));

        later.arrived(3200, 1600);

        assertEquals(4800, later.end());
        assertEquals(List.of(new Span(0, 1600)), later.gaps());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void knowsInAnyOrderWhatANaiveSetKnows(long seed) {
        Random random = new Random(seed);
        BitSet there = new BitSet();
        for (int i = 0; i < 200; i++) {
            int position = random.nextInt(500);
            int samples = 1 + random.nextInt(20);
            timeline.arrived(position, samples);
            there.set(position, position + samples);

            assertEquals(there.length(), timeline.end());
            assertEquals(missing(there), timeline.gaps());
        }
    }

    @Test
    void spansThatTouchBecomeOne() {
        Spans spans = new Spans();
        List<Integer> starts = new ArrayList<>(List.of(0, 10, 20, 30, 40));
        Collections.shuffle(starts, new Random(7));

        starts.forEach(start -> spans.add(start, start + 10));

        assertEquals(List.of(new Span(0, 50)), spans.list());
    }

    private static List<Span> missing(BitSet there) {
        List<Span> gaps = new ArrayList<>();
        for (int at = there.nextClearBit(0); at < there.length(); ) {
            int end = there.nextSetBit(at);
            gaps.add(Span.between(at, end));
            at = there.nextClearBit(end);
        }
        return gaps;
    }
}
