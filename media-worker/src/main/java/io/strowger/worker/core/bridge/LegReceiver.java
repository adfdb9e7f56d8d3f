package io.strowger.worker.core.bridge;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.media.rtp.ReceptionStatistics;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.media.srtp.SrtpKeys;
import io.strowger.media.srtp.SrtpReceiver;
import io.strowger.media.telephoneevent.DtmfReceiver;
import io.strowger.media.telephoneevent.TelephoneEvent;
import io.strowger.media.tone.InbandDtmf;
import io.strowger.worker.core.rtp.JitterBuffer;
import io.strowger.worker.core.rtp.PeerAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What comes in on one leg. For the media thread of its call; a frame allocates nothing.
final class LegReceiver {
    private static final int MOST_PACKETS_A_FRAME = 8;
    private static final int MOST_SAMPLES_A_PACKET = 480;
    private static final long NS_A_TICK = 125_000;
    private final LegId id;
    private final RtpSocket socket;
    private final MediaCounts counts;
    private final PeerAddress peer;
    private final Backlog backlog = new Backlog();
    private final DtmfReceiver keys = new DtmfReceiver();
    private final JitterBuffer jitter = new JitterBuffer();
    private final Scratch scratch;
    private final ReceptionStatistics reception = new ReceptionStatistics();
    private @Nullable InbandDtmf inband;
    private @Nullable SrtpKeys keysOfPeer;
    private @Nullable SrtpReceiver srtp;
    private int peerSsrc;

    /// Some send their keys under another SSRC than their voice.
    private int voiceSsrc;

    private long lastHeardNs;
    private boolean silenceTold;

    /// What a packet passes through on its way in: one for all legs of a call, so that it stays in
    /// the processor's cache.
    static final class Scratch {
        final byte[] payload = new byte[MOST_SAMPLES_A_PACKET];
        final short[] decoded = new short[MOST_SAMPLES_A_PACKET];
    }

    /// Told of each key that begins.
    interface Keys {
        /// @param press stands for it; null: it was heard as sound
        void pressed(LegId leg, Tone tone, @Nullable Long press);
    }

    LegReceiver(LegId id, RtpSocket socket, PeerAddress peer, MediaCounts counts, Scratch scratch) {
        this.scratch = scratch;
        this.id = id;
        this.socket = socket;
        this.peer = peer;
        this.counts = counts;
    }

    void connect(NegotiatedAudio negotiated) {
        inband = negotiated.receiveTelephoneEvent() < 0 ? new InbandDtmf() : null;
        secure(negotiated.srtp() == null ? null : negotiated.srtp().theirs());
    }

    /// The same keys once more do not begin anew: what came before must not come again.
    private void secure(@Nullable SrtpKeys named) {
        if (!Objects.equals(named, keysOfPeer)) {
            keysOfPeer = named;
            srtp = named == null ? null : new SrtpReceiver(named);
        }
    }

    /// Whether a press that somebody else heard was not heard here.
    boolean misses(@Nullable Long press) {
        return press == null || keys.begins(press);
    }

    /// From now on silence counts.
    void expect(long nowNs) {
        lastHeardNs = nowNs;
        silenceTold = false;
    }

    /// Takes in what has come.
    ///
    /// @param agreed null: not connected yet
    /// @param wanted whether the sound is for anybody
    void receive(
            @Nullable NegotiatedAudio agreed,
            ByteBuffer packet,
            boolean wanted,
            long nowNs,
            Keys told) {
        backlog.turn();
        boolean more = true;
        for (int i = 0; more && i < MOST_PACKETS_A_FRAME; i++) {
            packet.clear();
            InetSocketAddress source = socket.receive(packet);
            if (source == null) {
                return;
            }
            if (srtp != null && !srtp.unprotect(packet)) {
                counts.unauthentic++;
            } else if (!RtpHeader.isValid(packet)
                    || agreed != null && !hasUsualSize(agreed, packet)) {
                counts.malformed++;
            } else if (agreed == null || !peer.accepts(source)) {
                counts.foreign++;
            } else {
                counts.received++;
                expect(nowNs);
                more = take(agreed, packet, wanted, nowNs / NS_A_TICK, told);
            }
        }
    }

    private static boolean hasUsualSize(NegotiatedAudio agreed, ByteBuffer packet) {
        int length = RtpHeader.payloadBytes(packet);
        return RtpHeader.payloadType(packet) == agreed.receiveTelephoneEvent()
                ? length >= TelephoneEvent.BYTES
                : length <= MOST_SAMPLES_A_PACKET;
    }

    /// @return whether more may wait
    private boolean take(
            NegotiatedAudio agreed,
            ByteBuffer packet,
            boolean wanted,
            long arrivalTicks,
            Keys told) {
        peerSsrc = RtpHeader.ssrc(packet);
        long timestamp = RtpHeader.rtpTimestamp(packet);
        int type = RtpHeader.payloadType(packet);
        reception.received(RtpHeader.sequenceNumber(packet), timestamp, arrivalTicks);
        int offset = RtpHeader.payloadOffset(packet);
        if (type == agreed.receiveTelephoneEvent()) {
            int event =
                    keys.received(peerSsrc, timestamp, TelephoneEvent.eventCode(packet, offset));
            if (event != DtmfReceiver.NOTHING) {
                told.pressed(id, Tone.ofEventCode(event), DtmfReceiver.press(peerSsrc, timestamp));
            }
            return true;
        }
        if (type != agreed.receivePayloadType()) {
            return true;
        }
        int length = RtpHeader.payloadBytes(packet);
        if (agreed.direction().receives() && (wanted || inband != null)) {
            if (peerSsrc != voiceSsrc) {
                voiceSsrc = peerSsrc;
                jitter.restart();
            }
            packet.get(offset, scratch.payload, 0, length);
            agreed.codec().decode(scratch.payload, 0, scratch.decoded, 0, length);
            jitter.put(timestamp, scratch.decoded, length);
        }
        return backlog.mayHoldMore(arrivalTicks, timestamp, length);
    }

    /// Takes this frame's sound out of the jitter buffer.
    void listen(Voice voice, boolean wanted, Keys told) {
        InbandDtmf ears = inband;
        if (!wanted && ears == null) {
            voice.passedOver();
            return;
        }
        boolean any = jitter.take(voice.heard);
        voice.listened();
        if (any && ears != null) {
            int key = ears.frame(voice.heard);
            if (key != InbandDtmf.NOTHING) {
                told.pressed(id, Tone.ofEventCode(key), null);
            }
        }
    }

    /// Whether nothing came for too long; true once.
    boolean fellSilent(long nowNs, long patienceNs) {
        if (silenceTold || nowNs - lastHeardNs < patienceNs) {
            return false;
        }
        silenceTold = true;
        return true;
    }

    int peerSsrc() {
        return peerSsrc;
    }

    ReceptionStatistics reception() {
        return reception;
    }
}
