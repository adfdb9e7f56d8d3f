package io.strowger.worker.shell.rtp;

import io.strowger.media.g711.G711;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.sdp.Direction;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.media.telephoneevent.DtmfSender;
import io.strowger.media.telephoneevent.TelephoneEvent;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The far end of a leg: a UDP socket that keeps what it hears.
final class FarPhone implements AutoCloseable {
    private static final int SAMPLES = 160;
    private final DatagramSocket socket;
    private final List<byte[]> packets = new ArrayList<>();
    private final Thread thread;
    private int sequenceNumber;
    private long timestamp;

    FarPhone() throws SocketException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        thread = Thread.ofVirtual().start(this::listen);
    }

    NegotiatedAudio audio() {
        return audio("127.0.0.1");
    }

    NegotiatedAudio audio(String address) {
        return new NegotiatedAudio(
                address, socket.getLocalPort(), G711.PCMA, 8, 8, 101, 101, 20, Direction.SENDRECV);
    }

    private void listen() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                socket.receive(packet);
                byte[] bytes = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                synchronized (packets) {
                    packets.add(bytes);
                }
            }
        } catch (IOException closed) {
            return; // the end of the test
        }
    }

    int packets() {
        synchronized (packets) {
            return packets.size();
        }
    }

    List<ByteBuffer> taken() {
        synchronized (packets) {
            return packets.stream().map(ByteBuffer::wrap).toList();
        }
    }

    /// What it heard since packet number `first`.
    short[] heard(int first) {
        List<ByteBuffer> all = taken();
        short[] samples = new short[Math.max(0, all.size() - first) * SAMPLES];
        for (int i = first; i < all.size(); i++) {
            G711.PCMA.decode(
                    all.get(i).array(), RtpHeader.BYTES, samples, (i - first) * SAMPLES, SAMPLES);
        }
        return samples;
    }

    /// The packets of sound among those since packet number `first`, in a row.
    short[] sound(int first) {
        List<ByteBuffer> sound =
                taken().stream()
                        .skip(first)
                        .filter(packet -> RtpHeader.payloadType(packet) == 8)
                        .toList();
        short[] samples = new short[sound.size() * SAMPLES];
        for (int i = 0; i < sound.size(); i++) {
            G711.PCMA.decode(sound.get(i).array(), RtpHeader.BYTES, samples, i * SAMPLES, SAMPLES);
        }
        return samples;
    }

    /// The next 20 ms that it says.
    ///
    /// @param codes 160 of A-law
    void say(int port, byte[] codes) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(RtpHeader.BYTES + SAMPLES);
        RtpHeader.write(packet, false, 8, sequenceNumber++ & 0xFFFF, timestamp, 77);
        timestamp += SAMPLES;
        packet.put(codes);
        send(port, packet);
    }

    private void send(int port, ByteBuffer packet) throws IOException {
        socket.send(
                new DatagramPacket(
                        packet.array(),
                        packet.capacity(),
                        new InetSocketAddress("127.0.0.1", port)));
    }

    /// All packets of one key at once.
    void press(int port, int eventCode, long rtpTimestamp) throws IOException {
        DtmfSender key = new DtmfSender(eventCode, 100);
        while (!key.finished()) {
            ByteBuffer packet = ByteBuffer.allocate(RtpHeader.BYTES + TelephoneEvent.BYTES);
            RtpHeader.write(packet, key.first(), 101, sequenceNumber++ & 0xFFFF, rtpTimestamp, 77);
            TelephoneEvent.write(packet, eventCode, key.end(), 10, key.durationTicks());
            send(port, packet);
            key.advance();
        }
    }

    @Override
    public void close() throws InterruptedException {
        socket.close();
        thread.join(1000);
    }
}
