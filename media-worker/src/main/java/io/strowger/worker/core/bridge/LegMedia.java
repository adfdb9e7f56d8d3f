package io.strowger.worker.core.bridge;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.media.g711.G711;
import io.strowger.media.rtp.ReceptionStatistics;
import io.strowger.media.rtp.Rtcp;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.media.telephoneevent.DtmfReceiver;
import io.strowger.media.telephoneevent.TelephoneEvent;
import io.strowger.media.tone.InbandDtmf;
import io.strowger.worker.core.rtp.Frame;
import io.strowger.worker.core.rtp.JitterBuffer;
import io.strowger.worker.core.rtp.OutgoingStream;
import io.strowger.worker.core.rtp.PeerAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The media of one leg. For the media thread of its call; a frame allocates nothing.
final class LegMedia {
    private static final int MOST_PACKETS_A_FRAME = 8;
    private static final int MOST_SAMPLES_A_PACKET = 480;
    private static final long REPORT_EVERY_NS = Duration.ofSeconds(5).toNanos();
    final LegId id;
    final RtpSocket socket;
    final boolean reportTones;
    final short[] heard = new short[Frame.SAMPLES];
    final int[] mix = new int[Frame.SAMPLES];
    int tonesReported;
    private final OutgoingStream out;
    private final MediaCounts counts;
    private final PeerAddress peer = new PeerAddress();
    private final DtmfReceiver keys = new DtmfReceiver();
    private final JitterBuffer jitter = new JitterBuffer();
    private final byte[] payload = new byte[MOST_SAMPLES_A_PACKET];
    private final short[] decoded = new short[MOST_SAMPLES_A_PACKET];
    private final short[] spoken = new short[Frame.SAMPLES];
    private final ReceptionStatistics reception = new ReceptionStatistics();
    private @Nullable InbandDtmf inband;
    private @Nullable NegotiatedAudio audio;
    private int peerSsrc;

    /// Some send their keys under another SSRC than their voice.
    private int voiceSsrc;

    private long lastHeardNs;
    private long nextReportNs;
    private boolean silenceTold;

    /// Told of each key that begins.
    interface Keys {
        void pressed(LegMedia leg, Tone tone);
    }

    LegMedia(
            LegId id,
            RtpSocket socket,
            boolean reportTones,
            OutgoingStream out,
            MediaCounts counts) {
        this.id = id;
        this.socket = socket;
        this.reportTones = reportTones;
        this.out = out;
        this.counts = counts;
    }

    void connect(NegotiatedAudio negotiated, InetSocketAddress remote, long nowNs) {
        audio = negotiated;
        peer.state(remote);
        lastHeardNs = nowNs;
        silenceTold = false;
        nextReportNs = nextReportNs == 0 ? nowNs + REPORT_EVERY_NS / 2 : nextReportNs;
        inband = negotiated.receiveTelephoneEvent() < 0 ? new InbandDtmf() : null;
    }

    void found(InetSocketAddress named, InetSocketAddress remote) {
        peer.found(named, remote);
    }

    /// Takes in what has come.
    ///
    /// @param bridged whether somebody hears this leg
    void receive(ByteBuffer packet, boolean bridged, long nowNs, Keys told) {
        for (int i = 0; i < MOST_PACKETS_A_FRAME; i++) {
            packet.clear();
            InetSocketAddress source = socket.receive(packet);
            if (source == null) {
                return;
            }
            NegotiatedAudio agreed = audio;
            if (!RtpHeader.isValid(packet) || agreed != null && !hasUsualSize(agreed, packet)) {
                counts.malformed++;
            } else if (agreed == null || !peer.accepts(source)) {
                counts.foreign++;
            } else {
                counts.received++;
                lastHeardNs = nowNs;
                silenceTold = false;
                take(agreed, packet, bridged, nowNs, told);
            }
        }
    }

    private static boolean hasUsualSize(NegotiatedAudio agreed, ByteBuffer packet) {
        int length = RtpHeader.payloadBytes(packet);
        return RtpHeader.payloadType(packet) == agreed.receiveTelephoneEvent()
                ? length >= TelephoneEvent.BYTES
                : length <= MOST_SAMPLES_A_PACKET;
    }

    private void take(
            NegotiatedAudio agreed, ByteBuffer packet, boolean bridged, long nowNs, Keys told) {
        peerSsrc = RtpHeader.ssrc(packet);
        long timestamp = RtpHeader.rtpTimestamp(packet);
        int type = RtpHeader.payloadType(packet);
        reception.received(
                RtpHeader.sequenceNumber(packet),
                timestamp,
                nowNs / 1000 * Frame.SAMPLES_PER_MS / 1000);
        int offset = RtpHeader.payloadOffset(packet);
        int length = RtpHeader.payloadBytes(packet);
        if (type == agreed.receiveTelephoneEvent()) {
            int event =
                    keys.received(peerSsrc, timestamp, TelephoneEvent.eventCode(packet, offset));
            if (event != DtmfReceiver.NOTHING) {
                told.pressed(this, Tone.ofEventCode(event));
            }
        } else if (type == agreed.receivePayloadType()
                && agreed.direction().receives()
                && (bridged || inband != null)) {
            if (peerSsrc != voiceSsrc) {
                voiceSsrc = peerSsrc;
                jitter.restart();
            }
            packet.get(offset, payload, 0, length);
            agreed.codec().decode(payload, 0, decoded, 0, length);
            jitter.put(timestamp, decoded, length);
        }
    }

    /// Takes this frame's sound out of the jitter buffer into `heard`.
    void listen(Keys told) {
        boolean any = jitter.take(heard);
        InbandDtmf ears = inband;
        if (any && ears != null) {
            int key = ears.frame(heard);
            if (key != InbandDtmf.NOTHING) {
                told.pressed(this, Tone.ofEventCode(key));
            }
        }
    }

    boolean needsListening(boolean bridged) {
        return bridged || inband != null;
    }

    /// Sends `mix`, clipped and encoded.
    void send(ByteBuffer packet) {
        NegotiatedAudio agreed = audio;
        InetSocketAddress target = peer.target();
        if (agreed == null || target == null || !agreed.direction().sends()) {
            out.skip(1);
            return;
        }
        for (int i = 0; i < Frame.SAMPLES; i++) {
            spoken[i] = (short) Math.clamp(mix[i], Short.MIN_VALUE, Short.MAX_VALUE);
        }
        G711 codec = agreed.codec();
        codec.encode(spoken, 0, payload, 0, Frame.SAMPLES);
        out.header(packet, agreed.sendPayloadType());
        packet.put(payload, 0, Frame.SAMPLES).flip();
        if (socket.send(packet, target)) {
            counts.sent++;
        } else {
            counts.sendFailed++;
        }
    }

    /// Frames that were not sent because this thread was held up.
    void skip(long frames) {
        out.skip(frames);
    }

    /// RTCP, every five seconds.
    void report(ByteBuffer packet, long nowNs, long epochMs) {
        InetSocketAddress target = peer.target();
        if (audio == null || target == null || nowNs - nextReportNs < 0) {
            return;
        }
        nextReportNs = nowNs + REPORT_EVERY_NS;
        socket.drainControl(packet);
        Rtcp.writeReport(packet, out.ssrc(), epochMs, out.rtpTimestamp(), out, peerSsrc, reception);
        socket.sendControl(packet, target);
    }

    void bye(ByteBuffer packet, long epochMs) {
        InetSocketAddress target = peer.target();
        if (audio != null && target != null) {
            Rtcp.writeBye(packet, out.ssrc(), epochMs, out.rtpTimestamp(), out);
            socket.sendControl(packet, target);
        }
    }

    /// Whether nothing came for too long from a peer that should send; true once.
    boolean fellSilent(long nowNs, long patienceNs) {
        NegotiatedAudio agreed = audio;
        if (agreed == null
                || !agreed.direction().receives()
                || silenceTold
                || nowNs - lastHeardNs < patienceNs) {
            return false;
        }
        silenceTold = true;
        return true;
    }
}
