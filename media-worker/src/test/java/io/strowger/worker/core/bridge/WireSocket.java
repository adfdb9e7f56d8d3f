package io.strowger.worker.core.bridge;

import io.strowger.media.g711.G711;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.srtp.MediaKeys;
import io.strowger.media.srtp.SrtpReceiver;
import io.strowger.media.srtp.SrtpSender;
import io.strowger.media.telephoneevent.TelephoneEvent;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The sockets of a leg in memory, and the phone at the far end of them.
final class WireSocket implements RtpSocket {
    private static final int SAMPLES = 160;
    final InetSocketAddress phone;
    final List<Sent> sent = new ArrayList<>();
    final List<InetSocketAddress> reportsTo = new ArrayList<>();
    private final Queue<Packet> waiting = new ArrayDeque<>();
    private int sequenceNumber = 100;
    private long timestamp = 5000;
    private final int ssrc;
    final List<byte[]> reports = new ArrayList<>();
    boolean broken;
    int asked;

    /// Packets with a wrong tag that it was sent.
    int unreadable;

    private @Nullable SrtpSender sealing;
    private @Nullable SrtpReceiver opening;

    record Sent(InetSocketAddress to, byte[] bytes) {
        int sequenceNumber() {
            return RtpHeader.sequenceNumber(ByteBuffer.wrap(bytes));
        }

        long rtpTimestamp() {
            return RtpHeader.rtpTimestamp(ByteBuffer.wrap(bytes));
        }

        int ssrc() {
            return RtpHeader.ssrc(ByteBuffer.wrap(bytes));
        }

        boolean marker() {
            return RtpHeader.marker(ByteBuffer.wrap(bytes));
        }
    }

    private record Packet(InetSocketAddress from, byte[] bytes) {}

    WireSocket(int port) {
        this.phone = new InetSocketAddress("192.0.2.1", port);
        this.ssrc = port;
    }

    /// The phone speaks SRTP from now on.
    ///
    /// @param keys as the worker sees them
    void secure(MediaKeys keys) {
        sealing = new SrtpSender(keys.theirs());
        opening = new SrtpReceiver(keys.ours());
    }

    /// A packet as the phone would send it next.
    byte[] packet(short[] samples) {
        ByteBuffer packet = header(0, timestamp, SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            packet.put(G711.PCMU.encode(samples[i]));
        }
        timestamp += SAMPLES;
        return sealed(packet);
    }

    private byte[] sealed(ByteBuffer clear) {
        if (sealing == null) {
            return clear.array();
        }
        ByteBuffer packet = ByteBuffer.allocate(clear.capacity() + 10).put(clear.array()).flip();
        sealing.protect(packet);
        byte[] bytes = new byte[packet.limit()];
        packet.get(0, bytes);
        return bytes;
    }

    /// The next 20 ms that the phone says.
    void say(short[] samples, int at) {
        ByteBuffer packet = header(0, timestamp, SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            packet.put(G711.PCMU.encode(samples[(at + i) % samples.length]));
        }
        timestamp += SAMPLES;
        arrives(phone, sealed(packet));
    }

    /// One packet of a key that is held down.
    void key(int eventCode, long pressedAt, boolean end) {
        ByteBuffer packet = header(101, pressedAt, TelephoneEvent.BYTES);
        TelephoneEvent.write(packet, eventCode, end, 10, 320);
        arrives(phone, sealed(packet));
    }

    private ByteBuffer header(int payloadType, long rtpTimestamp, int payloadBytes) {
        ByteBuffer packet = ByteBuffer.allocate(RtpHeader.BYTES + payloadBytes);
        RtpHeader.write(packet, false, payloadType, sequenceNumber++ & 0xFFFF, rtpTimestamp, ssrc);
        return packet;
    }

    void arrives(InetSocketAddress from, byte[] bytes) {
        waiting.add(new Packet(from, bytes));
    }

    /// Packets that nobody has taken yet.
    int waiting() {
        return waiting.size();
    }

    /// What the phone has heard since its packet number `first`.
    short[] heard(int first) {
        short[] samples = new short[(sent.size() - first) * SAMPLES];
        for (int i = first; i < sent.size(); i++) {
            byte[] bytes = sent.get(i).bytes;
            G711.PCMU.decode(bytes, RtpHeader.BYTES, samples, (i - first) * SAMPLES, SAMPLES);
        }
        return samples;
    }

    @Override
    public @Nullable InetSocketAddress receive(ByteBuffer into) {
        asked++;
        Packet packet = waiting.poll();
        if (packet == null) {
            return null;
        }
        into.put(packet.bytes, 0, Math.min(packet.bytes.length, into.remaining())).flip();
        return packet.from;
    }

    @Override
    public boolean send(ByteBuffer packet, InetSocketAddress to) {
        if (broken) {
            return false;
        }
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        sent.add(new Sent(to, opened(bytes)));
        return true;
    }

    private byte[] opened(byte[] bytes) {
        if (opening == null) {
            return bytes;
        }
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        unreadable += opening.unprotect(packet) ? 0 : 1;
        return Arrays.copyOf(bytes, packet.limit());
    }

    @Override
    public void sendControl(ByteBuffer packet, InetSocketAddress to) {
        byte[] report = new byte[packet.remaining()];
        packet.get(report);
        reports.add(report);
        reportsTo.add(to);
    }

    @Override
    public void drainControl(ByteBuffer scratch) {
        scratch.clear();
    }
}
