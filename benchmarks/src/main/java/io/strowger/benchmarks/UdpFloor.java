package io.strowger.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// The least that media can cost: one thread that sends a packet of 172 bytes every 20 ms on each
/// of n sockets and takes in what comes back. Started in a JVM of its own: `UdpFloor LEGS SECONDS
/// ECHO_PORT`; prints READY with its ports' peer, then DONE with the packets received.
final class UdpFloor {
    private static final int PACKET_BYTES = 172;
    private static final long FRAME_NS = Duration.ofMillis(20).toNanos();
    private static final int SLOTS = 4;

    private UdpFloor() {}

    public static void main(String[] args) throws IOException {
        int legs = Integer.parseInt(args[0]);
        long seconds = Long.parseLong(args[1]);
        SocketAddress echo = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[2]));
        List<DatagramChannel> sockets = new ArrayList<>();
        for (int i = 0; i < legs; i++) {
            DatagramChannel socket =
                    DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
            socket.configureBlocking(false);
            sockets.add(socket);
        }
        System.out.println("READY");
        System.out.println("DONE received=" + run(sockets, echo, seconds));
        for (DatagramChannel socket : sockets) {
            socket.close();
        }
    }

    /// Runs it against an echo in this process.
    ///
    /// @return ms of CPU per second and leg
    static double cpuMs(int legs, Duration warmUp, Duration measure) throws Exception {
        try (UdpEcho echo = new UdpEcho();
                ChildJvm loop =
                        ChildJvm.start(
                                List.of("-Xmx128m", "-XX:+UseSerialGC"),
                                UdpFloor.class.getName(),
                                List.of(
                                        Integer.toString(legs),
                                        Long.toString(
                                                warmUp.plus(measure).plusSeconds(2).toSeconds()),
                                        Integer.toString(echo.port())),
                                Map.of())) {
            loop.awaitLine("READY", Duration.ofSeconds(30));
            LockSupport.parkNanos(warmUp.toNanos());
            double before = ProcessUse.cpuSeconds(loop.pid());
            long startNs = System.nanoTime();
            LockSupport.parkNanos(measure.toNanos());
            double seconds = (System.nanoTime() - startNs) / 1e9;
            double cpu = ProcessUse.cpuSeconds(loop.pid()) - before;
            loop.awaitLine("DONE", Duration.ofSeconds(30));
            return cpu * 1000 / seconds / legs;
        }
    }

    private static long run(List<DatagramChannel> sockets, SocketAddress echo, long seconds)
            throws IOException {
        ByteBuffer out = ByteBuffer.allocateDirect(PACKET_BYTES);
        ByteBuffer in = ByteBuffer.allocateDirect(2048);
        long received = 0;
        long start = System.nanoTime();
        long slots = seconds * 1_000_000_000L / (FRAME_NS / SLOTS);
        for (long slot = 0; slot < slots; slot++) {
            long dueNs = start + slot * (FRAME_NS / SLOTS);
            while (System.nanoTime() - dueNs < 0) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
            for (int leg = (int) (slot % SLOTS); leg < sockets.size(); leg += SLOTS) {
                DatagramChannel socket = sockets.get(leg);
                in.clear();
                while (socket.receive(in) != null) {
                    received++;
                    in.clear();
                }
                out.clear();
                socket.send(out, echo);
            }
        }
        return received;
    }
}
