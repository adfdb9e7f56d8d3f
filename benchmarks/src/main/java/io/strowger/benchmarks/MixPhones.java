package io.strowger.benchmarks;

import io.strowger.media.g711.G711;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.tone.Tones;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// The far ends of many legs, as light as can be: each sends a frame of sound every 20 ms and takes
/// in what comes, all on one thread.
final class MixPhones implements AutoCloseable {
    private static final int SAMPLES = 160;
    private static final long SLOT_NS = 5_000_000;
    private static final int SLOTS = 4;
    private final List<DatagramChannel> sockets = new ArrayList<>();
    private final List<InetSocketAddress> legs = new ArrayList<>();
    private final AtomicLong received = new AtomicLong();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(2048);
    private final byte[] voice = G711.PCMU.encode(Tones.sine(450, 20, 3000));
    private volatile boolean over;

    MixPhones(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            DatagramChannel socket = DatagramChannel.open();
            socket.bind(new InetSocketAddress("127.0.0.1", 0)).configureBlocking(false);
            sockets.add(socket);
        }
    }

    /// Where the legs shall send to.
    List<Integer> ports() throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (DatagramChannel socket : sockets) {
            ports.add(((InetSocketAddress) socket.getLocalAddress()).getPort());
        }
        return ports;
    }

    /// Begins to talk.
    ///
    /// @param legPorts one for each phone
    void talkTo(List<Integer> legPorts) {
        for (int port : legPorts) {
            legs.add(new InetSocketAddress("127.0.0.1", port));
        }
        Thread.ofPlatform().daemon().name("phones").start(this::run);
    }

    /// Packets that came in so far.
    long received() {
        return received.get();
    }

    private void run() {
        long startNs = System.nanoTime();
        try {
            for (long slot = 0; !over; slot++) {
                long dueNs = startNs + slot * SLOT_NS;
                while (System.nanoTime() - dueNs < 0) {
                    LockSupport.parkNanos(dueNs - System.nanoTime());
                }
                for (int i = (int) (slot % SLOTS); i < sockets.size(); i += SLOTS) {
                    turn(i, (int) (slot / SLOTS));
                }
            }
            for (DatagramChannel socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn(int phone, int frame) throws IOException {
        DatagramChannel socket = sockets.get(phone);
        packet.clear();
        while (socket.receive(packet) != null) {
            received.incrementAndGet();
            packet.clear();
        }
        RtpHeader.write(packet, false, 0, frame & 0xFFFF, (long) frame * SAMPLES, phone + 1);
        socket.send(packet.put(voice).flip(), legs.get(phone));
    }

    @Override
    public void close() {
        over = true;
    }
}
