package io.strowger.recording.shell.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.recording.core.spool.SpooledRecording;
import io.strowger.recording.core.timeline.Span;
import io.strowger.recording.shell.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSpoolTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final RecordingId RECORDING = new RecordingId(5, 1);
    private static final int PARTITION = 3;
    @TempDir private Path directory;
    private FolderSpool spool;

    @BeforeEach
    void open() {
        spool = new FolderSpool(directory, InstantSource.system());
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void whatIsForcedIsThereForTheNextProcess() throws Exception {
        SpooledRecording recording = begin();
        recording.write(chunk(0, 1, 7));
        recording.write(chunk(480, 1, 9));
        spool.force(List.of(recording)).get();

        SpooledRecording later = reopened();

        assertEquals(640, later.samples());
        assertEquals(List.of(new Span(160, 320)), later.gaps());
        assertEquals(START, later.state().startedAt());
        assertEquals(List.of(), spool.load(PARTITION + 1));
    }

    @Test
    void aGapThatWasNotSafeYetIsFoundAgainWhenTheChunkComesAgain() throws Exception {
        SpooledRecording recording = begin();
        recording.write(chunk(0, 1, 7));
        spool.force(List.of(recording)).get();
        recording.write(chunk(480, 1, 9));

        SpooledRecording later = reopened();
        long missing = later.write(chunk(480, 1, 9));

        assertEquals(320, missing);
        assertEquals(List.of(new Span(160, 320)), later.gaps());
    }

    @Test
    void writingTwiceGivesTheSameBytes() throws Exception {
        SpooledRecording recording = begin();
        recording.write(chunk(0, 1, 7));
        recording.write(chunk(160, 1, 8));
        spool.force(List.of(recording)).get();
        byte[] once = Files.readAllBytes(channel(0));

        recording.write(chunk(0, 1, 7));
        recording.write(chunk(160, 1, 8));
        spool.force(List.of(recording)).get();

        assertArrayEquals(once, Files.readAllBytes(channel(0)));
    }

    @Test
    void allChannelsAreEquallyLong() throws Exception {
        SpooledRecording recording = begin();
        recording.write(chunk(0, 0b100, 7));
        recording.write(chunk(160, 0, 0));
        spool.force(List.of(recording)).get();

        assertEquals(3, recording.channels());
        for (int channel = 0; channel < 3; channel++) {
            assertEquals(44 + 640, Files.size(channel(channel)));
        }
    }

    @Test
    void aBrokenHeaderMeansThatTheLogMustBeReadAgain() throws Exception {
        SpooledRecording recording = begin();
        recording.write(chunk(0, 1, 7));
        spool.force(List.of(recording)).get();
        Files.write(channel(0), new byte[44], StandardOpenOption.WRITE);

        SpooledRecording later = reopened();

        assertTrue(later.state().incomplete());
        assertEquals(0, later.samples());
    }

    @Test
    void aFolderThatIsNoRecordingDoesNoHarm() throws Exception {
        begin();
        Files.createDirectories(directory.resolve("spool/lost+found"));
        Files.createDirectories(directory.resolve("spool/" + new RecordingId(6, 1)));

        assertEquals(1, spool.load(PARTITION).size());
    }

    @Test
    void aFinishedRecordingLeavesNothing() throws Exception {
        SpooledRecording recording = begin();
        recording.write(chunk(0, 1, 7));

        spool.delete(recording);

        assertFalse(Files.exists(recording.folder()));
    }

    @Test
    void remembersUpToWhereItHasAll() throws Exception {
        begin();
        assertEquals(OptionalLong.empty(), spool.covered(PARTITION));

        spool.cover(PARTITION, 1234);

        assertEquals(OptionalLong.of(1234), spool.covered(PARTITION));
        Files.writeString(directory.resolve("spool/partition-3.offset"), "");
        assertEquals(OptionalLong.empty(), spool.covered(PARTITION));
    }

    @Test
    void fewFilesAreOpenAtOnce() throws Exception {
        try (OpenFiles files = new OpenFiles(2)) {
            for (int i = 0; i < 5; i++) {
                Disk.write(files.open(directory.resolve("file-" + i)), new byte[] {1}, 0, 1, 0);
            }
            Disk.write(files.open(directory.resolve("file-0")), new byte[] {2}, 0, 1, 1);

            assertEquals(2, files.size());
            assertArrayEquals(new byte[] {1, 2}, Files.readAllBytes(directory.resolve("file-0")));
        }
    }

    private SpooledRecording begin() throws IOException {
        spool.ensureWritable();
        return spool.begin(RECORDING, PARTITION, START, 8000);
    }

    private SpooledRecording reopened() throws IOException {
        spool.close();
        spool = new FolderSpool(directory, InstantSource.system());
        return spool.load(PARTITION).getFirst();
    }

    private Path channel(int number) {
        return directory.resolve("spool/" + RECORDING + "/channel-" + number + ".wav");
    }

    /// 20 ms.
    private static AudioChunk chunk(long position, int mask, int value) {
        byte[] pcm = new byte[Integer.bitCount(mask) * 320];
        Arrays.fill(pcm, (byte) value);
        return new AudioChunk(START, 8000, position, mask, 160, pcm);
    }
}
