package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Messages that belong to no call, from sources known and unknown, right and broken.
class StrangersIT {
    private static final int QUIET_MS = 300;
    private static TestWorker worker;
    private DatagramSocket known;
    private DatagramSocket unknown;
    private static int number;

    @BeforeAll
    static void start() throws IOException {
        worker = new TestWorker(List.of());
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @BeforeEach
    void open() throws IOException {
        known = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        unknown = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"));
    }

    @AfterEach
    void close() {
        known.close();
        unknown.close();
    }

    static Stream<Path> torture() throws Exception {
        URI folder = StrangersIT.class.getResource("/torture").toURI();
        return Files.list(Path.of(folder)).sorted();
    }

    @ParameterizedTest
    @MethodSource("torture")
    void saysNothingToAStrangerWhateverItSends(Path file) throws IOException {
        send(unknown, Files.readAllBytes(file));

        assertNull(receive(unknown, QUIET_MS));
        assertAlive();
    }

    @ParameterizedTest
    @MethodSource("torture")
    void survivesWhatAPeerSends(Path file) throws IOException {
        send(known, Files.readAllBytes(file));

        assertAlive();
    }

    @Test
    void survivesNoise() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        byte[] right = request("OPTIONS", "127.0.0.1", known.getLocalPort());
        for (int i = 0; i < 500; i++) {
            byte[] noise = right.clone();
            for (int j = 0; j < 1 + random.nextInt(20); j++) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
            }
            send(unknown, noise);
        }
        byte[] garbage = new byte[60_000];
        random.nextBytes(garbage);
        send(unknown, garbage);

        assertNull(receive(unknown, QUIET_MS));
        assertAlive();
    }

    @Test
    void survivesNoiseOverTcp() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket("127.0.0.1", worker.endpoint.port())) {
                byte[] garbage = new byte[5_000];
                new SplittableRandom(i).nextBytes(garbage);
                socket.getOutputStream().write(garbage);
                socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (java.net.SocketException e) {
                assertTrue(e.getMessage() != null, "it may hang up on us while we write");
            }
        }

        assertAlive();
    }

    @Test
    void refusesWhatAPeerWantsOutsideACall() throws IOException {
        assertEquals(480, statusOf("INVITE"));
        assertEquals(405, statusOf("REGISTER"));
        assertEquals(481, statusOf("BYE"));
        assertEquals(501, statusOf("DANCE"));
    }

    private static void assertAlive() throws IOException {
        assertEquals(200, statusOf("OPTIONS"));
    }

    private static int statusOf(String method) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            send(socket, request(method, "127.0.0.1", socket.getLocalPort()));
            while (true) {
                String answer = receive(socket, 5_000);
                int status = answer == null ? 0 : Integer.parseInt(answer.split(" ")[1]);
                if (status != 100) {
                    return status;
                }
            }
        }
    }

    private static byte[] request(String method, String host, int port) {
        String id = "n" + ++number;
        return ("""
        %1$s sip:x@127.0.0.1 SIP/2.0
        Via: SIP/2.0/UDP %2$s:%3$d;branch=z9hG4bK%4$s;rport
        Max-Forwards: 70
        From: <sip:a@%2$s>;tag=%4$s
        To: <sip:b@127.0.0.1>
        Call-ID: %4$s@%2$s-%3$d
        CSeq: 1 %1$s
        Contact: <sip:a@%2$s:%3$d>
        Content-Length: 0

        """
                        .formatted(method, host, port, id))
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void send(DatagramSocket socket, byte[] bytes) throws IOException {
        socket.send(
                new DatagramPacket(
                        bytes,
                        bytes.length,
                        InetAddress.getByName("127.0.0.1"),
                        worker.endpoint.port()));
    }

    private static @Nullable String receive(DatagramSocket socket, int ms) throws IOException {
        byte[] buffer = new byte[65_536];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout(ms);
        try {
            socket.receive(packet);
            return new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
            return null;
        }
    }
}
