package io.strowger.worker.core.bridge;

import io.strowger.contracts.id.OperationId;
import io.strowger.media.rtp.Rtcp;
import io.strowger.media.srtp.SrtcpSender;
import io.strowger.media.srtp.SrtpKeys;
import io.strowger.media.srtp.SrtpSender;
import io.strowger.worker.core.rtp.OutgoingStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goes out on one leg. For the media thread of its call; a frame of sound allocates nothing.
final class LegSender {
    private static final long REPORT_EVERY_NS = Duration.ofSeconds(5).toNanos();
    private static final long SPREAD_NS = REPORT_EVERY_NS / 2 / 256;
    private final RtpSocket socket;
    private final OutgoingStream out;
    private final MediaCounts counts;
    private final TonesOut tones = new TonesOut();
    private long nextReportNs;
    private final Map<SrtpKeys, Protection> protections = new HashMap<>();
    private @Nullable Protection protection;

    /// Kept for each of our keys: no packet's number may be used twice with one (RFC 3711 9.1).
    private record Protection(SrtpSender rtp, SrtcpSender rtcp) {
        static Protection with(SrtpKeys keys) {
            return new Protection(new SrtpSender(keys), new SrtcpSender(keys));
        }
    }

    LegSender(RtpSocket socket, OutgoingStream out, MediaCounts counts) {
        this.socket = socket;
        this.out = out;
        this.counts = counts;
    }

    /// The first report comes after 2.5 to 5 seconds, by the SSRC, which is random: the legs of a
    /// conference must not all report in one frame (RFC 3550 6.2).
    ///
    /// @param keys of what we send; null: plain
    void connect(@Nullable SrtpKeys keys, long nowNs) {
        protection = keys == null ? null : protections.computeIfAbsent(keys, Protection::with);
        if (nextReportNs == 0) {
            nextReportNs = nowNs + REPORT_EVERY_NS / 2 + (out.ssrc() & 0xFF) * SPREAD_NS;
        }
    }

    TonesOut tones() {
        return tones;
    }

    /// Sends a frame of sound.
    void send(ByteBuffer packet, int payloadType, byte[] codes, InetSocketAddress target) {
        out.header(packet, payloadType);
        packet.put(codes).flip();
        leave(packet, target);
    }

    /// Sends a packet of the key that is due.
    ///
    /// @return the command whose last packet this was, else null
    @Nullable OperationId sendTone(ByteBuffer packet, int payloadType, InetSocketAddress target) {
        OperationId done = tones.write(packet, out, payloadType);
        leave(packet, target);
        return done;
    }

    private void leave(ByteBuffer packet, InetSocketAddress target) {
        if (protection != null) {
            protection.rtp().protect(packet);
        }
        if (socket.send(packet, target)) {
            counts.sent++;
        } else {
            counts.sendFailed++;
        }
    }

    /// Frames pass without a packet.
    void skip(long frames) {
        out.skip(frames);
    }

    /// RTCP, every five seconds.
    void report(
            ByteBuffer packet,
            InetSocketAddress target,
            LegReceiver received,
            long nowNs,
            long epochMs) {
        if (nowNs - nextReportNs < 0) {
            return;
        }
        nextReportNs = nowNs + REPORT_EVERY_NS;
        socket.drainControl(packet);
        Rtcp.writeReport(
                packet,
                out.ssrc(),
                epochMs,
                out.rtpTimestamp(),
                out,
                received.peerSsrc(),
                received.reception());
        leaveControl(packet, target);
    }

    void bye(ByteBuffer packet, InetSocketAddress target, long epochMs) {
        Rtcp.writeBye(packet, out.ssrc(), epochMs, out.rtpTimestamp(), out);
        leaveControl(packet, target);
    }

    private void leaveControl(ByteBuffer packet, InetSocketAddress target) {
        if (protection != null) {
            protection.rtcp().protect(packet);
        }
        socket.sendControl(packet, target);
    }
}
