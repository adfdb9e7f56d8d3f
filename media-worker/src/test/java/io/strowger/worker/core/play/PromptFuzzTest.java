package io.strowger.worker.core.play;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.tone.Tones;
import io.strowger.media.wav.WavReader;
import io.strowger.media.wav.WavWriter;
import io.strowger.testsupport.Mutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spoilt prompts: each is audio of a sane length, or is no audio for a reason.
class PromptFuzzTest {
    private static final int FILES = 8_000;
    private static final byte[] PLAIN = WavWriter.write(Tones.sine(440, 40, 8000), 8000);
    private static final List<byte[]> RIGHT =
            List.of(
                    PLAIN,
                    with(PLAIN, 1, 2, 44_100, 16),
                    with(PLAIN, 1, 8, 48_000, 24),
                    with(PLAIN, 1, 1, 16_000, 32),
                    with(PLAIN, 6, 1, 8_000, 8),
                    with(PLAIN, 7, 2, 11_025, 8));

    private static byte[] with(byte[] wav, int encoding, int channels, int rate, int bits) {
        byte[] other = wav.clone();
        ByteBuffer.wrap(other)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(20, (short) encoding)
                .putShort(22, (short) channels)
                .putInt(24, rate)
                .putShort(34, (short) bits);
        return other;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyFileIsAudioOrNoneForAReason(long seed) {
        Mutations mutations = new Mutations(seed);
        RIGHT.forEach(file -> assertInstanceOf(WavReader.Audio.class, WavReader.read(file)));

        for (int i = 0; i < FILES; i++) {
            byte[] spoilt = spoilt(mutations);
            switch (WavReader.read(spoilt)) {
                case WavReader.Audio(short[] samples) ->
                        assertTrue(
                                samples.length > 0 && samples.length <= spoilt.length,
                                samples.length + " samples of " + spoilt.length + " bytes");
                case WavReader.NotAudio(String reason) -> assertTrue(!reason.isBlank());
                case WavReader.TooLarge(int most) -> throw new AssertionError("above " + most);
            }
        }
    }

    /// MP3 is no prompt here: neither whole nor spoilt is it taken for sound, or for something to
    /// wait for.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noMp3IsAudioHoweverSpoilt(long seed) throws Exception {
        Mutations mutations = new Mutations(seed);
        List<byte[]> right = mp3s();
        right.forEach(file -> assertInstanceOf(WavReader.NotAudio.class, WavReader.read(file)));

        for (int i = 0; i < FILES; i++) {
            byte[] spoilt = mutations.of(mutations.any(right));
            WavReader.NotAudio none =
                    assertInstanceOf(WavReader.NotAudio.class, WavReader.read(spoilt));
            assertTrue(!none.reason().isBlank());
        }
    }

    private static List<byte[]> mp3s() throws IOException {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> corpus = Files.list(Path.of("src/test/resources/fuzz"))) {
            for (Path file : corpus.filter(one -> one.toString().endsWith(".mp3")).toList()) {
                files.add(Files.readAllBytes(file));
            }
        }
        assertTrue(files.size() >= 3, "the corpus is gone");
        return files;
    }

    /// Its header for the most part: what follows is sound, whatever it is.
    private static byte[] spoilt(Mutations mutations) {
        byte[] file = mutations.any(RIGHT).clone();
        for (int i = mutations.number(4); i >= 0; i--) {
            file[mutations.number(44)] = (byte) mutations.number(256);
        }
        return mutations.number(3) == 0 ? mutations.of(file) : file;
    }
}
