package io.strowger.worker.shell.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.rtp.Rtcp;
import io.strowger.testsupport.Mutations;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The RTCP port of a leg with real sockets: what comes there is thrown away at a bounded rate, and
/// harms neither the reports that leave from it nor the RTP beside it.
class ControlPortTest {
    private static final int PACKETS = 2_000;
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");
    private static final Rtcp.SentCounts NOTHING =
            new Rtcp.SentCounts() {
                @Override
                public long packets() {
                    return 0;
                }

                @Override
                public long payloadBytes() {
                    return 0;
                }
            };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverComesIsThrownAwayAndReportsStillLeave(long seed) throws Exception {
        Mutations mutations = new Mutations(seed);
        List<byte[]> right = corpus();
        ByteBuffer scratch = ByteBuffer.allocateDirect(2048);
        try (LegSockets leg = bound();
                DatagramSocket far = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            far.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            InetSocketAddress control = new InetSocketAddress("127.0.0.1", leg.port() + 1);

            for (int i = 0; i < PACKETS; i++) {
                byte[] packet = mutations.of(mutations.any(right));
                far.send(new DatagramPacket(packet, packet.length, control));
                if (mutations.number(20) == 0) {
                    leg.drainControl(scratch);
                }
            }
            byte[] voice = {(byte) 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 127};
            far.send(
                    new DatagramPacket(
                            voice, voice.length, new InetSocketAddress("127.0.0.1", leg.port())));
            leg.drainControl(scratch);
            Rtcp.writeBye(scratch, 1, 0, 0, NOTHING);
            leg.sendControl(scratch, new InetSocketAddress("127.0.0.1", far.getLocalPort() - 1));

            DatagramPacket report = new DatagramPacket(new byte[2048], 2048);
            far.receive(report);
            assertEquals(leg.port() + 1, report.getPort());
            assertEquals(voice.length, received(leg), "what comes to the other port is kept apart");
        }
    }

    private static int received(LegSockets leg) {
        ByteBuffer into = ByteBuffer.allocateDirect(2048);
        @Nullable InetSocketAddress source = null;
        long deadlineNs = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (source == null && System.nanoTime() - deadlineNs < 0) {
            into.clear();
            source = leg.receive(into);
        }
        assertNotNull(source);
        return into.remaining();
    }

    private static LegSockets bound() throws Exception {
        @Nullable LegSockets leg = null;
        while (leg == null) {
            leg = LegSockets.bind("127.0.0.1", 0);
        }
        return leg;
    }

    private static List<byte[]> corpus() throws Exception {
        List<byte[]> right = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".rtcp")).toList()) {
                right.add(Files.readAllBytes(file));
            }
        }
        assertTrue(right.size() >= 3);
        return right;
    }
}
