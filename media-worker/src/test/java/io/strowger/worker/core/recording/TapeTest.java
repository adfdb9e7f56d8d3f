package io.strowger.worker.core.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaEvent.RecordingAudioLost;
import io.strowger.contracts.media.MediaEvent.RecordingStopped;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TapeTest {
    private static final RecordingId ID = new RecordingId(7, 1);
    private final AudioRing ring = new AudioRing(ChannelType.MIXED);
    private final Reel reel = new Reel(ring);
    private final Tape tape = new Tape(ring, 0, 1, false);
    private final int[] sums = new int[160];

    private static void frames(Tape tape, int count, int[] sums) {
        for (int i = 0; i < count; i++) {
            if (tape.turn()) {
                tape.take(sums);
                tape.turned();
            }
        }
    }

    private void frames(int count, int value) {
        Arrays.fill(sums, value);
        frames(tape, count, sums);
    }

    @Test
    void tenFramesAreAChunkAndTheEndIsAShorterOne() {
        frames(23, 5);
        tape.end();

        assertEquals(List.of("0+1600", "1600+1600", "3200+480"), reel.take().places());
        assertTrue(ring.hasEnded());
        assertEquals(3680, ring.samples());
    }

    @Test
    void anEndOnTheEdgeOfAChunkMakesNoEmptyOne() {
        frames(10, 5);
        tape.end();

        assertEquals(List.of("0+1600"), reel.take().places());
        assertEquals(1600, ring.samples());
    }

    @Test
    void sumsAreClippedAndSilenceTakesNoSpace() {
        frames(10, 40_000);
        frames(10, -40_000);
        frames(10, 0);

        reel.take();
        assertEquals(32_767, reel.channel(0)[0]);
        assertEquals(-32_768, reel.channel(0)[1600]);
        assertEquals(List.of(1, 1, 0), reel.masks());
        assertEquals(0, reel.chunks.getLast().pcm().length);
    }

    @Test
    void aBlockThatIsUsedAgainHoldsNothingOfBefore() {
        frames(10 * AudioRing.BLOCKS, 9);
        reel.take();
        frames(5, 3);
        assertTrue(tape.turn());
        tape.turned();
        frames(4, 3);

        reel.take();
        short[] last = Arrays.copyOfRange(reel.channel(0), 12_800, 14_400);
        assertEquals(3, last[799]);
        assertEquals(0, last[800]);
        assertEquals(0, last[959]);
        assertEquals(3, last[960]);
    }

    @Test
    void aPauseCutsExactlyItsFramesAndCountsThem() {
        frames(13, 1);
        assertTrue(tape.pause());
        assertFalse(tape.pause());
        frames(151, 2);
        assertEquals(2080, tape.position());
        assertEquals(Duration.ofMillis(3020), tape.resume());
        assertNull(tape.resume());
        frames(4, 3);
        tape.end();

        assertEquals(List.of("0+1600", "1600+480", "2080+640"), reel.take().places());
        assertEquals(1, reel.channel(0)[2079]);
        assertEquals(3, reel.channel(0)[2080]);
    }

    @Test
    void beginsWhereItIsTold() {
        Tape later = new Tape(ring, 480_160, 1, true);
        Arrays.fill(sums, 1);
        frames(later, 50, sums);
        assertEquals(Duration.ofSeconds(1), later.resume());
        frames(later, 12, sums);
        later.end();

        assertEquals(List.of("480160+1600", "481760+320"), reel.take().places());
        assertEquals(482_080, ring.samples());
    }

    @Test
    void framesThatWereMissedAreSilenceInItsTime() {
        frames(3, 1);
        tape.skip(1000);
        frames(10, 2);
        tape.pause();
        tape.skip(25);

        assertEquals(Duration.ofMillis(500), tape.resume());
        assertEquals(
                List.of("0+480", "480+64000", "64480+64000", "128480+32000", "160480+1600"),
                reel.take().places());
        assertEquals(List.of(1, 0, 0, 0, 1), reel.masks());
    }

    @Test
    void whatIsAbandonedIsNeitherRunningNorEnded() {
        frames(10, 1);
        tape.abandon();

        assertTrue(ring.isAbandoned());
        assertFalse(ring.hasEnded());
    }

    @ParameterizedTest(name = "the writer comes every {0} frames")
    @ValueSource(ints = {7, 65, 97, 330, 1011})
    void chunksAndLossesAddUpToTheWholeHoweverLateTheWriterIs(int every) {
        Account account = new Account(ID, 0);
        List<MediaEvent> events = new ArrayList<>();
        long kept = 0;
        for (int frame = 0; frame < 2003; frame++) {
            frames(1, 1);
            if (frame % every == 0) {
                kept += hand(account);
            }
        }
        tape.end();
        kept += hand(account);
        account.ended(ring.samples());
        for (int second = 0; !account.isStopped(); second++) {
            events.addAll(account.due(second * Account.REPORT_EVERY_NS));
        }

        long lost =
                events.stream()
                        .filter(RecordingAudioLost.class::isInstance)
                        .mapToLong(event -> ((RecordingAudioLost) event).samples())
                        .sum();
        assertEquals(new RecordingStopped(ID, 2003 * 160), events.getLast());
        assertEquals(2003 * 160, kept + lost);
        assertEquals(every > 90, lost > 0);
    }

    private long hand(Account account) {
        int before = reel.chunks.size();
        long kept = 0;
        for (AudioChunk chunk : reel.take().chunks.subList(before, reel.chunks.size())) {
            account.sent(chunk.position(), chunk.samples());
            account.arrived();
            kept += chunk.samples();
        }
        return kept;
    }
}
