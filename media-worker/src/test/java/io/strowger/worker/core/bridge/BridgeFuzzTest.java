package io.strowger.worker.core.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.tone.Tones;
import io.strowger.testsupport.Mutations;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams of a phone gone mad: clocks that jump, sources that change, packets in bursts, twice, or
/// spoilt. Nobody else suffers, and when it speaks sense again it is heard.
class BridgeFuzzTest {
    private static final int FRAMES = 2_000;
    private static final List<Integer> PAYLOAD_TYPES = List.of(0, 0, 0, 8, 13, 96, 101, 101, 127);
    private final Conversation call = new Conversation();
    private final WireSocket phone = call.join();
    private final WireSocket other = call.join();
    private int sequenceNumber = 65_500;
    private long timestamp = 0xFFFF_F000L;
    private int ssrc = 1;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aMadStreamHurtsNobodyAndEndsWhenItEnds(long seed) {
        Mutations mutations = new Mutations(seed);
        short[] tone = Tones.sine(1150, 1000, 8000);
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int i = mutations.number(20) == 0 ? mutations.number(50) : 1; i > 0; i--) {
                byte[] packet = next(mutations);
                phone.arrives(phone.phone, packet);
                if (mutations.number(10) == 0) {
                    phone.arrives(phone.phone, packet);
                }
            }
            other.say(tone, frame * 160);
            call.frames(1);
        }
        int sane = other.sent.size();

        call.talk(150, Tones.sine(450, 1000, 8000), tone);

        assertEquals(FRAMES + 150, other.sent.size(), "one packet a frame, whatever comes");
        assertEquals(FRAMES + 150, phone.sent.size());
        assertEquals(0, phone.waiting());
        assertTrue(
                Conversation.heardMs(phone, 10, 1150) > 0.95 * 20 * FRAMES,
                "the other one is heard all the while");
        int heardMs = Conversation.heardMs(other, sane, 450);
        assertTrue(heardMs > 2_000, heardMs + " ms of 3 s are heard once it speaks sense again");
    }

    private byte[] next(Mutations mutations) {
        switch (mutations.number(30)) {
            case 0 -> sequenceNumber += mutations.number(65_536);
            case 1 -> timestamp += mutations.number(Integer.MAX_VALUE);
            case 2 -> ssrc = mutations.number(Integer.MAX_VALUE);
            case 3 -> sequenceNumber -= mutations.number(200);
            case 4 -> timestamp -= mutations.number(100_000);
            default -> {
                sequenceNumber++;
                timestamp += 160;
            }
        }
        int payloadBytes =
                mutations.number(8) == 0
                        ? mutations.number(700)
                        : List.of(160, 4).get(mutations.number(2));
        ByteBuffer packet = ByteBuffer.allocate(RtpHeader.BYTES + payloadBytes);
        RtpHeader.write(
                packet,
                mutations.number(20) == 0,
                mutations.any(PAYLOAD_TYPES),
                sequenceNumber & 0xFFFF,
                timestamp & 0xFFFF_FFFFL,
                ssrc);
        while (packet.hasRemaining()) {
            packet.put((byte) mutations.number(256));
        }
        return mutations.number(6) == 0 ? mutations.of(packet.array()) : packet.array();
    }
}
