package io.strowger.worker.core.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.tone.Tones;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeHostileTest {
    private final Conversation call = new Conversation();
    private final WireSocket phone = call.join();
    private final WireSocket other = call.join();

    private static byte[] packet(int payloadType, int payloadBytes) {
        ByteBuffer packet = ByteBuffer.allocate(RtpHeader.BYTES + payloadBytes);
        RtpHeader.write(packet, false, payloadType, 7, 7000, 3);
        return packet.array();
    }

    private static byte[] with(int index, int value, byte[] packet) {
        packet[index] = (byte) value;
        return packet;
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("empty", new byte[0]),
                Arguments.of("one byte", new byte[] {(byte) 0x80}),
                Arguments.of("eleven bytes", new byte[11]),
                Arguments.of("version 0", with(0, 0x00, packet(0, 160))),
                Arguments.of("version 3", with(0, 0xC0, packet(0, 160))),
                Arguments.of("15 sources that are not there", with(0, 0x8F, packet(0, 20))),
                Arguments.of(
                        "an extension without end",
                        with(14, 0xFF, with(15, 0xFF, with(0, 0x90, packet(0, 160))))),
                Arguments.of("an extension without header", with(0, 0x90, packet(0, 2))),
                Arguments.of(
                        "more padding than packet", with(31, 0xFF, with(0, 0xA0, packet(0, 20)))),
                Arguments.of("padding of nothing", with(0, 0xA0, packet(0, 20))),
                Arguments.of("a payload of half a second", packet(0, 1400)),
                Arguments.of("a packet of 4 KiB", packet(0, 4084)),
                Arguments.of("an event of three bytes", packet(101, 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformedPacketsAreCountedAndHeardByNobody(String what, byte[] bytes) {
        phone.arrives(phone.phone, bytes);

        call.frames(5);

        assertEquals(1, call.counts.malformed(), what);
        assertEquals(0, call.counts.received(), what);
        assertEquals(5, other.sent.size());
    }

    @Test
    void aPacketWithoutPayloadIsAKeepAlive() {
        phone.arrives(phone.phone, packet(0, 0));

        call.frames(1);

        assertEquals(1, call.counts.received());
        assertEquals(0, call.counts.malformed());
    }

    @Test
    void whatComesFromElsewhereIsCountedAndNotHeard() {
        short[] mine = Tones.sine(450, 1000, 8000);
        short[] theirs = Tones.sine(1150, 1000, 8000);
        WireSocket stranger = new WireSocket(6000);
        for (int i = 0; i < 100; i++) {
            phone.say(mine, i * 160);
            stranger.say(theirs, i * 160);
            ByteBuffer taken = ByteBuffer.allocate(400);
            stranger.receive(taken);
            byte[] bytes = new byte[taken.remaining()];
            taken.get(bytes);
            phone.arrives(stranger.phone, bytes);
            call.frames(1);
        }
        call.frames(1);

        assertEquals(100, call.counts.foreign());
        assertEquals(0, Conversation.heardMs(other, 0, 1150));
        assertTrue(Conversation.heardMs(other, 0, 450) > 1800);
        assertTrue(phone.sent.stream().allMatch(sent -> sent.to().equals(phone.phone)));
    }

    @Test
    void repliesGoWhereThePacketsComeFrom() {
        InetSocketAddress behindNat = new InetSocketAddress("198.51.100.7", 33_333);
        call.frames(1);
        phone.arrives(behindNat, packet(0, 160));

        call.frames(1);

        assertEquals(phone.phone, phone.sent.get(0).to());
        assertEquals(behindNat, phone.sent.get(1).to());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noBytesAtAllUpsetABridge(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int packets = 20_000;

        for (int i = 0; i < packets; i++) {
            byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 40 : 600)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextInt(4) > 0) {
                bytes[0] = (byte) (0x80 | random.nextInt(64));
                bytes[1] = (byte) (random.nextBoolean() ? 0 : 101);
            }
            phone.arrives(phone.phone, bytes);
            if (i % 8 == 7) {
                call.frames(1);
            }
        }

        assertEquals(packets / 8, other.sent.size());
        call.frames(packets);
        assertEquals(packets, call.counts.received() + call.counts.malformed());
    }
}
