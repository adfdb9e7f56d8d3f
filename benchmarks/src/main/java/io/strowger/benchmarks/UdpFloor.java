package io.strowger.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// The least that media can cost: one thread that sends a packet of 172 bytes every 20 ms on each
/// of n sockets and takes in what comes. Started in a JVM of its own: `UdpFloor LEGS SECONDS
/// PORT,...`, where the ports are taken in turn; prints `LEGS` with its own ports, and at the end
/// `DONE` with the packets received, and how late in ms it was at p50 and at p99 in its second
/// half.
final class UdpFloor {
    private static final int PACKET_BYTES = 172;
    private static final int SLOTS = 4;
    private static final long SLOT_NS = Duration.ofMillis(20).toNanos() / SLOTS;

    private UdpFloor() {}

    public static void main(String[] args) throws IOException {
        int legs = Integer.parseInt(args[0]);
        long seconds = Long.parseLong(args[1]);
        String[] ports = args[2].split(",");
        List<DatagramChannel> sockets = new ArrayList<>();
        List<SocketAddress> peers = new ArrayList<>();
        StringBuilder own = new StringBuilder("LEGS ");
        for (int i = 0; i < legs; i++) {
            DatagramChannel socket =
                    DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
            socket.configureBlocking(false);
            sockets.add(socket);
            peers.add(
                    new InetSocketAddress("127.0.0.1", Integer.parseInt(ports[i % ports.length])));
            own.append(i == 0 ? "" : ",")
                    .append(((InetSocketAddress) socket.getLocalAddress()).getPort());
        }
        System.out.println(own);
        System.out.println("DONE " + run(sockets, peers, seconds));
        for (DatagramChannel socket : sockets) {
            socket.close();
        }
    }

    /// @param ports where the legs send to, in turn
    static ChildJvm start(int legs, Duration duration, List<Integer> ports) {
        return ChildJvm.start(
                List.of("-Xmx128m", "-XX:+UseSerialGC"),
                UdpFloor.class.getName(),
                List.of(
                        Integer.toString(legs),
                        Long.toString(duration.toSeconds()),
                        ports.stream().map(String::valueOf).collect(Collectors.joining(","))),
                Map.of());
    }

    private static String run(
            List<DatagramChannel> sockets, List<SocketAddress> peers, long seconds)
            throws IOException {
        ByteBuffer out = ByteBuffer.allocateDirect(PACKET_BYTES);
        ByteBuffer in = ByteBuffer.allocateDirect(2048);
        long received = 0;
        long start = System.nanoTime();
        int slots = (int) (seconds * 1_000_000_000L / SLOT_NS);
        long[] lateNs = new long[slots];
        for (int slot = 0; slot < slots; slot++) {
            long dueNs = start + slot * SLOT_NS;
            while (System.nanoTime() - dueNs < 0) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
            lateNs[slot] = System.nanoTime() - dueNs;
            for (int leg = slot % SLOTS; leg < sockets.size(); leg += SLOTS) {
                DatagramChannel socket = sockets.get(leg);
                in.clear();
                while (socket.receive(in) != null) {
                    received++;
                    in.clear();
                }
                out.clear();
                socket.send(out, peers.get(leg));
            }
        }
        long[] warm = Arrays.copyOfRange(lateNs, slots / 2, slots);
        Arrays.sort(warm);
        return received + " " + atPercent(warm, 50) + " " + atPercent(warm, 99);
    }

    private static double atPercent(long[] sortedNs, int percent) {
        return sortedNs[sortedNs.length * percent / 100] / 1e6;
    }
}
