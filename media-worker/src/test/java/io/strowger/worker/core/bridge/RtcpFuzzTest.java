package io.strowger.worker.core.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.tone.Tones;
import io.strowger.testsupport.Mutations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RTCP where RTP belongs, right and spoilt: phones that put both on one port (RFC 5761) without
/// having asked, and who would do harm. Nobody hears anything of it, and no packet stays.
class RtcpFuzzTest {
    private static final int FRAMES = 1_500;
    private static final List<byte[]> RIGHT = corpus("rtcp");
    private final Conversation call = new Conversation();
    private final WireSocket phone = call.join();
    private final WireSocket other = call.join();

    /// Files of `src/test/resources/fuzz`.
    static List<byte[]> corpus(String kind) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz"))) {
            List<byte[]> right =
                    files.filter(file -> file.toString().endsWith("." + kind))
                            .sorted()
                            .map(RtcpFuzzTest::bytes)
                            .toList();
            assertTrue(right.size() >= 3, kind);
            return right;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void reportsAmongThePacketsOfACallAreNotHeardAndNotKept(long seed) {
        Mutations mutations = new Mutations(seed);
        short[] tone = Tones.sine(450, 1000, 8000);
        short[] others = Tones.sine(1150, 1000, 8000);

        for (int frame = 0; frame < FRAMES; frame++) {
            for (int i = mutations.number(10) == 0 ? mutations.number(30) : 1; i > 0; i--) {
                byte[] report = mutations.any(RIGHT);
                phone.arrives(
                        phone.phone, mutations.number(3) == 0 ? report : spoilt(mutations, report));
            }
            phone.say(tone, frame * 160);
            other.say(others, frame * 160);
            call.frames(1);
        }

        assertEquals(FRAMES, other.sent.size(), "one packet a frame, whatever comes");
        assertEquals(FRAMES, phone.sent.size());
        assertEquals(0, phone.waiting());
        assertTrue(
                Conversation.heardMs(phone, 10, 1150) > 0.95 * 20 * FRAMES,
                "the other one is heard all the while");
        int heardMs = Conversation.heardMs(other, 10, 450);
        assertTrue(heardMs > 0.8 * 20 * FRAMES, heardMs + " ms of the one with the reports");
    }

    /// What makes it RTCP stays: everything else may be anything.
    private static byte[] spoilt(Mutations mutations, byte[] report) {
        byte[] spoilt = mutations.of(report);
        if (spoilt.length > 1) {
            spoilt[0] = (byte) (0x80 | spoilt[0] & 0x3F);
            spoilt[1] = (byte) (200 + mutations.number(8));
        }
        return spoilt;
    }
}
