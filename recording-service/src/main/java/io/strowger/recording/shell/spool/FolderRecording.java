package io.strowger.recording.shell.spool;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.kafka.Json;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.recording.core.spool.SpoolState;
import io.strowger.recording.core.spool.SpooledRecording;
import io.strowger.recording.core.timeline.Span;
import io.strowger.recording.core.timeline.Timeline;
import io.strowger.recording.core.wav.WavHeader;
import io.strowger.recording.shell.disk.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder with `channel-N.wav` and `state.json`. The headers say how far the audio was safe last:
/// what is beyond may be there, and will be read and written again. For the thread that reads the
/// log.
final class FolderRecording implements SpooledRecording {
    static final String STATE = "state.json";

    private static final byte[] ZERO = {0};
    private final RecordingId recording;
    private final Path folder;
    private final OpenFiles files;
    private final long[] bytes = new long[RecordingFormat.MAX_CHANNELS];
    private Timeline timeline = new Timeline(0, List.of());
    private SpoolState state;
    private boolean dirty;
    private boolean sealed;

    FolderRecording(RecordingId recording, Path folder, OpenFiles files, SpoolState state) {
        this.recording = recording;
        this.folder = folder;
        this.files = files;
        this.state = state;
    }

    /// What must be put on disk: done by another thread, which opens the files anew.
    ///
    /// @param header null: it stays
    record Forcing(Path folder, List<Path> channels, byte @Nullable [] header) {}

    /// Reads what an earlier process left.
    void load() throws IOException {
        long samples = 0;
        boolean broken = false;
        for (int channel = 0; channel < bytes.length; channel++) {
            Path file = file(channel);
            if (Files.exists(file)) {
                bytes[channel] = Files.size(file);
                var said = WavHeader.samples(header(file));
                samples = Math.max(samples, said.orElse(0L));
                broken |= said.isEmpty() && bytes[channel] > WavHeader.BYTES;
            }
        }
        timeline = new Timeline(samples, state.gaps());
        if (broken && !state.incomplete()) {
            keep(state.incomplete(true));
        }
    }

    private static byte[] header(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(WavHeader.BYTES);
        }
    }

    @Override
    public RecordingId recording() {
        return recording;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public SpoolState state() {
        return state;
    }

    @Override
    public void keep(SpoolState next) throws IOException {
        Disk.replace(folder.resolve(STATE), Json.mapper().writeValueAsBytes(next));
        state = next;
    }

    @Override
    public long write(AudioChunk chunk) throws IOException {
        dirty = true;
        int length = chunk.samples() * Short.BYTES;
        for (int channel = 0; channel < bytes.length; channel++) {
            int from = chunk.offset(channel);
            if (from >= 0) {
                long at = WavHeader.BYTES + chunk.position() * Short.BYTES;
                Disk.write(open(channel), chunk.pcm(), from, length, at);
                bytes[channel] = Math.max(bytes[channel], at + length);
            }
        }
        return timeline.arrived(chunk.position(), chunk.samples());
    }

    private FileChannel open(int channel) throws IOException {
        FileChannel file = files.open(file(channel));
        if (bytes[channel] < WavHeader.BYTES) {
            Disk.write(file, WavHeader.of(1, state.sampleRate(), 0), 0, WavHeader.BYTES, 0);
            bytes[channel] = WavHeader.BYTES;
        }
        return file;
    }

    @Override
    public long samples() {
        return timeline.end();
    }

    @Override
    public List<Span> gaps() {
        return timeline.gaps();
    }

    @Override
    public int channels() {
        int highest = bytes.length;
        while (highest > 0 && bytes[highest - 1] == 0) {
            highest--;
        }
        return Math.max(1, highest);
    }

    @Override
    public void seal() throws IOException {
        sealed = true;
        files.closeIn(folder);
    }

    boolean isDirty() {
        return dirty;
    }

    /// Makes the channels equally long and says what must be forced. What is noted about gaps is on
    /// disk before a header can claim the audio behind them.
    Forcing prepare() throws IOException {
        List<Path> channels = new ArrayList<>();
        if (!sealed) {
            if (!timeline.gaps().equals(state.gaps())) {
                keep(state.withGaps(timeline.gaps()));
            }
            for (int channel = 0; channel < channels(); channel++) {
                fill(channel);
            }
        }
        for (int channel = 0; channel < channels(); channel++) {
            channels.add(file(channel));
        }
        dirty = false;
        return new Forcing(
                folder,
                channels,
                sealed ? null : WavHeader.of(1, state.sampleRate(), timeline.end()));
    }

    private void fill(int channel) throws IOException {
        FileChannel file = open(channel);
        long length = WavHeader.BYTES + timeline.end() * Short.BYTES;
        if (bytes[channel] < length) {
            Disk.write(file, ZERO, 0, 1, length - 1);
            bytes[channel] = length;
        }
    }

    static void force(Forcing forcing) throws IOException {
        for (Path channel : forcing.channels) {
            if (forcing.header == null && !Files.exists(channel)) {
                continue;
            }
            try (FileChannel file = FileChannel.open(channel, StandardOpenOption.WRITE)) {
                if (forcing.header != null) {
                    Disk.write(file, forcing.header, 0, forcing.header.length, 0);
                }
                file.force(false);
            }
        }
        Disk.forceFolder(forcing.folder);
    }

    private Path file(int channel) {
        return SpooledRecording.channel(folder, channel);
    }
}
