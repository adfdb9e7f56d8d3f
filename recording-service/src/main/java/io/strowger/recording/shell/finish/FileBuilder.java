package io.strowger.recording.shell.finish;

import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.recording.core.finish.FinishPlan;
import io.strowger.recording.core.finish.RecordingMetadata.Made;
import io.strowger.recording.core.spool.SpooledRecording;
import io.strowger.recording.core.store.RecordingStore.ContentType;
import io.strowger.recording.core.wav.Interleaving;
import io.strowger.recording.core.wav.WavHeader;
import io.strowger.recording.shell.disk.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Makes the finished file beside the spooled channels, which stay as they are: it can be made
/// again after any failure.
final class FileBuilder {
    private static final int BUFFER_BYTES = 1 << 16;

    private FileBuilder() {}

    /// A finished file, on disk.
    record Built(Path audio, ContentType contentType, Made made) {}

    /// @param name of the file without its suffix: another one each time, as an attempt that was
    ///   given up may still be at it
    static Built build(FinishPlan plan, Path folder, String name) throws IOException {
        boolean mp3 = plan.finish().spec().format().fileFormat() == FileFormat.MP3;
        Path audio = folder.resolve(name + (mp3 ? ".mp3" : ".wav"));
        try {
            if (mp3) {
                encode(plan, folder, audio);
            } else if (plan.channels() == 1) {
                linkMono(plan, folder, audio);
            } else {
                interleave(plan, folder, audio);
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(audio);
            throw e;
        }
        int rate = mp3 ? Mp3.SAMPLE_RATE : plan.sampleRate();
        int bitsOfAChannel = mp3 ? Mp3.BITS_PER_SECOND_AND_CHANNEL : rate * Short.SIZE;
        return new Built(
                audio,
                mp3 ? ContentType.MP3 : ContentType.WAV,
                new Made(
                        rate,
                        bitsOfAChannel * plan.channels(),
                        Files.size(audio),
                        Sha256.of(Files.newInputStream(audio))));
    }

    /// The spooled file is the finished one already, but for its length. It gets a second name: a
    /// store may move that away and fail half-way, and nothing is lost.
    private static void linkMono(FinishPlan plan, Path folder, Path audio) throws IOException {
        Path spooled = SpooledRecording.channel(folder, 0);
        try (FileChannel file =
                FileChannel.open(spooled, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long length = WavHeader.BYTES + plan.samples() * Short.BYTES;
            if (file.size() < length) {
                file.write(ByteBuffer.wrap(new byte[1]), length - 1);
            }
            byte[] header = WavHeader.of(1, plan.sampleRate(), plan.samples());
            file.write(ByteBuffer.wrap(header), 0);
            file.force(false);
        }
        try {
            Files.createLink(audio, spooled);
        } catch (UnsupportedOperationException e) {
            Files.copy(spooled, audio);
        }
    }

    private static void interleave(FinishPlan plan, Path folder, Path audio) throws IOException {
        try (FileChannel file = create(audio)) {
            OutputStream out = Channels.newOutputStream(file);
            out.write(WavHeader.of(plan.channels(), plan.sampleRate(), plan.samples()));
            frames(plan, folder, BUFFER_BYTES, out::write);
            file.force(false);
        }
    }

    private static void encode(FinishPlan plan, Path folder, Path audio) throws IOException {
        try (FileChannel file = create(audio);
                OutputStream out =
                        new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES);
                Mp3 mp3 = new Mp3(out, plan.sampleRate(), plan.channels())) {
            int most = Math.min(BUFFER_BYTES, mp3.mostBytes());
            frames(plan, folder, most, (pcm, from, length) -> mp3.write(pcm, length));
            mp3.finish();
            out.flush();
            file.force(false);
        }
    }

    private interface Frames {
        /// @param from always 0
        void take(byte[] pcm, int from, int length) throws IOException;
    }

    /// All channels together, a buffer at a time.
    private static void frames(FinishPlan plan, Path folder, int bufferBytes, Frames to)
            throws IOException {
        int channels = plan.channels();
        int step = bufferBytes / (channels * Short.BYTES);
        byte[] mono = new byte[step * Short.BYTES];
        byte[] together = new byte[step * channels * Short.BYTES];
        List<SpooledChannel> spooled = new ArrayList<>();
        try {
            for (int channel = 0; channel < channels; channel++) {
                spooled.add(SpooledChannel.open(folder, channel));
            }
            for (long done = 0; done < plan.samples(); done += step) {
                int samples = (int) Math.min(step, plan.samples() - done);
                for (int channel = 0; channel < channels; channel++) {
                    spooled.get(channel).read(mono, samples);
                    Interleaving.put(mono, samples, channel, channels, together);
                }
                to.take(together, 0, samples * channels * Short.BYTES);
            }
        } finally {
            for (SpooledChannel one : spooled) {
                one.close();
            }
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
