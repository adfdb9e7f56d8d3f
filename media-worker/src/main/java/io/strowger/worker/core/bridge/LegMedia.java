package io.strowger.worker.core.bridge;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.media.g711.G711;
import io.strowger.media.sdp.Direction;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.rtp.OutgoingStream;
import io.strowger.worker.core.rtp.PeerAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The media of one leg: whether it is heard, what it hears. For the media thread of its call; a
/// frame allocates nothing.
final class LegMedia {
    private static final int MOST_KEYS = 32;
    final LegId id;
    final Voice voice = new Voice();

    /// What plays for this leg and not for everyone.
    final List<Playing> plays = new ArrayList<>();

    boolean reportTones;
    int tonesReported;
    private final PeerAddress peer = new PeerAddress();
    private final LegReceiver receiver;
    private final LegSender sender;
    private @Nullable NegotiatedAudio audio;
    private boolean muted;
    private boolean held;
    private @Nullable Playing music;

    /// The first of them since the leg is here: a recognition that goes on after another worker's
    /// may be here later than its keys.
    private final List<Key> keys = new ArrayList<>();

    /// A key that was pressed.
    ///
    /// @param press as in [io.strowger.contracts.media.MediaEvent.ToneReceived]
    record Key(Tone tone, @Nullable Long press) {}

    LegMedia(
            LegId id,
            RtpSocket socket,
            ToneReports reports,
            OutgoingStream out,
            MediaCounts counts,
            LegReceiver.Scratch scratch) {
        this.id = id;
        this.receiver = new LegReceiver(id, socket, peer, counts, scratch);
        this.sender = new LegSender(socket, out, counts);
        this.reportTones = reports.on();
        this.tonesReported = reports.told();
        Long told = reports.lastPress();
        if (told != null) {
            boolean _ = receiver.misses(told);
        }
    }

    void connect(NegotiatedAudio negotiated, InetSocketAddress remote, long nowNs) {
        audio = negotiated;
        peer.state(remote);
        receiver.connect(negotiated);
        sender.connect(negotiated.srtp() == null ? null : negotiated.srtp().ours(), nowNs);
        changed(nowNs);
    }

    void found(InetSocketAddress named, InetSocketAddress remote) {
        peer.found(named, remote);
    }

    void mute(boolean on, long nowNs) {
        muted = on;
        changed(nowNs);
    }

    /// @param plays null: silence
    void hold(@Nullable Playing plays, long nowNs) {
        held = true;
        music = plays;
        changed(nowNs);
    }

    /// The music cannot be had: silence instead.
    void holdInSilence() {
        music = null;
    }

    void unhold(long nowNs) {
        held = false;
        music = null;
        changed(nowNs);
    }

    boolean isHeld() {
        return held;
    }

    @Nullable Playing music() {
        return music;
    }

    private void changed(long nowNs) {
        NegotiatedAudio agreed = audio;
        voice.mayBeHeard(agreed != null && agreed.direction().receives() && !muted && !held);
        receiver.expect(nowNs);
    }

    boolean misses(@Nullable Long press) {
        return receiver.misses(press);
    }

    void pressed(Tone tone, @Nullable Long press) {
        if (keys.size() < MOST_KEYS) {
            keys.add(new Key(tone, press));
        }
    }

    List<Key> keys() {
        return keys;
    }

    /// Takes in what has come, and this frame's sound into `voice`.
    ///
    /// @param wanted whether there is anybody to hear it
    void listen(ByteBuffer packet, boolean wanted, long nowNs, LegReceiver.Keys told) {
        receiver.receive(audio, packet, wanted, nowNs, told);
        receiver.listen(voice, wanted, told);
    }

    /// The codec of what is to be sent now; null: nothing can be sent.
    @Nullable G711 speaks() {
        NegotiatedAudio agreed = audio;
        return agreed == null || !agreed.direction().sends() || peer.target() == null
                ? null
                : agreed.codec();
    }

    void send(ByteBuffer packet, byte[] codes) {
        NegotiatedAudio agreed = audio;
        InetSocketAddress target = peer.target();
        if (agreed != null && target != null) {
            sender.send(packet, agreed.sendPayloadType(), codes, target);
        }
    }

    TonesOut tones() {
        return sender.tones();
    }

    /// Why no key can be pressed towards this leg now; null: it can.
    @Nullable String refusesTones() {
        NegotiatedAudio agreed = audio;
        if (agreed == null) {
            return "the participant is not connected";
        }
        if (agreed.sendTelephoneEvent() < 0) {
            return "the participant's phone takes no telephone-events";
        }
        return speaks() == null ? "the participant's phone takes no media now" : null;
    }

    /// Sends a packet of the key that is due.
    ///
    /// @return the command whose last packet this was, else null
    @Nullable OperationId sendTone(ByteBuffer packet) {
        NegotiatedAudio agreed = audio;
        InetSocketAddress target = peer.target();
        return agreed == null || target == null
                ? null
                : sender.sendTone(packet, agreed.sendTelephoneEvent(), target);
    }

    /// Frames pass without a packet.
    void skip(long frames) {
        sender.skip(frames);
    }

    void report(ByteBuffer packet, long nowNs, long epochMs) {
        InetSocketAddress target = peer.target();
        if (audio != null && target != null) {
            sender.report(packet, target, receiver, nowNs, epochMs);
        }
    }

    void bye(ByteBuffer packet, long epochMs) {
        InetSocketAddress target = peer.target();
        if (audio != null && target != null) {
            sender.bye(packet, target, epochMs);
        }
    }

    /// Whether nothing came for too long from a peer that should send; true once. A phone that is
    /// muted or on hold, on either side, may well send nothing.
    boolean fellSilent(long nowNs, long patienceNs) {
        NegotiatedAudio agreed = audio;
        return agreed != null
                && agreed.direction() == Direction.SENDRECV
                && !muted
                && !held
                && receiver.fellSilent(nowNs, patienceNs);
    }
}
