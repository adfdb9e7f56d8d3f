package io.strowger.phone;

import io.strowger.media.g711.G711;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.media.srtp.MediaKeys;
import io.strowger.media.srtp.SrtpReceiver;
import io.strowger.media.srtp.SrtpSender;
import io.strowger.media.telephoneevent.DtmfReceiver;
import io.strowger.media.telephoneevent.DtmfSender;
import io.strowger.media.telephoneevent.TelephoneEvent;
import io.strowger.phone.PhoneSettings.Clip;
import io.strowger.phone.PhoneSettings.Echo;
import io.strowger.phone.PhoneSettings.Mute;
import io.strowger.phone.PhoneSettings.Silence;
import io.strowger.phone.PhoneSettings.Speech;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The RTP of one call. The media thread ticks it every 20 ms; other threads connect, press,
/// listen.
final class MediaStream {
    private static final String KEYS = "0123456789*#ABCD";
    private static final int FRAME = 160;
    private static final int KEY_MS = 200;
    private static final int GAP_FRAMES = 5;
    private static final int LONGEST_TAG = 10;

    /// Louder than what is left of silence on its way.
    private static final int QUIET = 200;

    private final DatagramChannel socket;
    private final int port;
    private final AtomicReference<@Nullable Speech> saysNext = new AtomicReference<>();
    private Speech says;
    private final Consumer<Character> keyHeard;
    private final ByteBuffer out;
    private final ByteBuffer in;
    private final byte[] codes;
    private final boolean records;
    private final int ssrc = ThreadLocalRandom.current().nextInt();
    private final Queue<Integer> toPress = new ConcurrentLinkedQueue<>();
    private final DtmfReceiver keys = new DtmfReceiver();
    private final Recording recording = new Recording();
    private volatile @Nullable NegotiatedAudio audio;
    private volatile @Nullable InetSocketAddress peer;
    private volatile @Nullable InetSocketAddress source;
    private @Nullable DtmfSender pressing;
    private int gap;
    private int sequenceNumber = ThreadLocalRandom.current().nextInt(1 << 16);
    private long rtpTimestamp = ThreadLocalRandom.current().nextInt() & 0xFFFF_FFFFL;
    private long pressTimestamp;
    private int position;
    private boolean echoing;
    private int echoedSsrc;
    private long echoOffset;
    private volatile long packetsReceived;
    private volatile long packetsForged;
    private @Nullable MediaKeys keysInUse;
    private @Nullable SrtpSender sealing;
    private @Nullable SrtpReceiver opening;
    private long lastPacketNs;
    private final AtomicLong longestGapNs = new AtomicLong();
    private long lastSoundNs;
    private final AtomicLong longestSilenceNs = new AtomicLong();

    /// Buffers of the media thread, shared by all its streams.
    static final class Scratch {
        private final ByteBuffer out =
                ByteBuffer.allocateDirect(RtpHeader.BYTES + FRAME + LONGEST_TAG);
        private final ByteBuffer in = ByteBuffer.allocateDirect(2048);
        private final byte[] codes = new byte[FRAME];
    }

    MediaStream(PhoneSettings settings, Scratch scratch, Consumer<Character> keyHeard)
            throws IOException {
        out = scratch.out;
        in = scratch.in;
        codes = scratch.codes;
        records = settings.records();
        socket = DatagramChannel.open();
        socket.bind(new InetSocketAddress(settings.host(), 0));
        socket.configureBlocking(false);
        port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
        says = settings.says();
        this.keyHeard = keyHeard;
    }

    int port() {
        return port;
    }

    long packetsReceived() {
        return packetsReceived;
    }

    /// Those whose tag was wrong.
    long packetsForged() {
        return packetsForged;
    }

    int peerPort() {
        InetSocketAddress to = peer;
        return to == null ? 0 : to.getPort();
    }

    boolean hearsItsPeer() {
        InetSocketAddress from = source;
        return from != null && from.equals(peer);
    }

    boolean isSecure() {
        NegotiatedAudio agreed = audio;
        return agreed != null && agreed.srtp() != null;
    }

    long takeLongestGapNs() {
        return longestGapNs.getAndSet(0);
    }

    long takeLongestSilenceNs() {
        return longestSilenceNs.getAndSet(0);
    }

    private void listen(int payload, G711 codec) {
        boolean sound = false;
        for (int at = payload; at < in.limit() && !sound; at++) {
            sound = Math.abs(codec.decode(in.get(at))) > QUIET;
        }
        if (sound) {
            long nowNs = System.nanoTime();
            if (lastSoundNs != 0) {
                longestSilenceNs.accumulateAndGet(nowNs - lastSoundNs, Math::max);
            }
            lastSoundNs = nowNs;
        }
    }

    private void arrived() {
        long nowNs = System.nanoTime();
        if (packetsReceived++ > 0) {
            longestGapNs.accumulateAndGet(nowNs - lastPacketNs, Math::max);
        }
        lastPacketNs = nowNs;
    }

    void connect(NegotiatedAudio agreed) {
        peer = new InetSocketAddress(agreed.remoteAddress(), agreed.remotePort());
        audio = agreed;
    }

    void press(String digits) {
        for (char digit : digits.toUpperCase(java.util.Locale.ROOT).toCharArray()) {
            int code = KEYS.indexOf(digit);
            if (code >= 0) {
                toPress.add(code);
            }
        }
    }

    /// Says this from now on.
    void say(Speech speech) {
        saysNext.set(speech);
    }

    short[] heard() {
        return recording.samples();
    }

    void tick() {
        NegotiatedAudio agreed = audio;
        InetSocketAddress to = peer;
        if (agreed == null || to == null || !socket.isOpen()) {
            return;
        }
        secure(agreed.srtp());
        Speech next = saysNext.getAndSet(null);
        if (next != null) {
            says = next;
            position = 0;
        }
        try {
            receive(agreed, to);
            if (agreed.direction().sends() && !(says instanceof Mute)) {
                speak(agreed, to);
            }
        } catch (java.nio.channels.ClosedChannelException e) {
            audio = null; // the call ended between two ticks
        } catch (IOException e) {
            audio = agreed; // a port that is closed at the far end shows up here: the next packet
            // may go through
        }
        rtpTimestamp = rtpTimestamp + FRAME & 0xFFFF_FFFFL;
    }

    /// Each direction begins anew only with new keys.
    private void secure(@Nullable MediaKeys keys) {
        MediaKeys before = keysInUse;
        if (Objects.equals(keys, before)) {
            return;
        }
        if (keys == null || before == null || !keys.ours().equals(before.ours())) {
            sealing = keys == null ? null : new SrtpSender(keys.ours());
        }
        if (keys == null || before == null || !keys.theirs().equals(before.theirs())) {
            opening = keys == null ? null : new SrtpReceiver(keys.theirs());
        }
        keysInUse = keys;
    }

    private void leave(InetSocketAddress to) throws IOException {
        if (sealing != null) {
            sealing.protect(out);
        }
        socket.send(out, to);
    }

    private void receive(NegotiatedAudio agreed, InetSocketAddress to) throws IOException {
        for (int i = 0; i < 50; i++) {
            in.clear();
            InetSocketAddress from = (InetSocketAddress) socket.receive(in);
            if (from == null) {
                return;
            }
            in.flip();
            if (opening != null && !opening.unprotect(in)) {
                packetsForged++;
                continue;
            }
            if (!RtpHeader.isValid(in)) {
                continue;
            }
            arrived();
            source = from;
            int payloadType = RtpHeader.payloadType(in);
            int payload = RtpHeader.payloadOffset(in);
            if (payloadType == agreed.receiveTelephoneEvent()) {
                int code =
                        keys.received(
                                RtpHeader.ssrc(in),
                                RtpHeader.rtpTimestamp(in),
                                TelephoneEvent.eventCode(in, payload));
                if (code != DtmfReceiver.NOTHING) {
                    keyHeard.accept(KEYS.charAt(code));
                }
            } else if (payloadType == agreed.receivePayloadType()) {
                listen(payload, agreed.codec());
                if (records) {
                    recording.add(in, payload, agreed.codec());
                }
                if (says instanceof Echo && agreed.direction().sends()) {
                    echo(agreed, to, payload);
                }
            }
        }
    }

    /// One packet back for each that comes, at its distance from the one before, on our own clock.
    private void echo(NegotiatedAudio agreed, InetSocketAddress to, int payload)
            throws IOException {
        if (!echoing || echoedSsrc != RtpHeader.ssrc(in)) {
            echoing = true;
            echoedSsrc = RtpHeader.ssrc(in);
            echoOffset = rtpTimestamp - RtpHeader.rtpTimestamp(in);
        }
        int length = Math.min(FRAME, in.limit() - payload);
        RtpHeader.write(
                out,
                false,
                agreed.sendPayloadType(),
                sequenceNumber++ & 0xFFFF,
                RtpHeader.rtpTimestamp(in) + echoOffset & 0xFFFF_FFFFL,
                ssrc);
        in.position(payload).limit(payload + length);
        out.put(in).flip();
        leave(to);
    }

    private void speak(NegotiatedAudio agreed, InetSocketAddress to) throws IOException {
        DtmfSender press = nextPress(agreed);
        if (press != null) {
            RtpHeader.write(
                    out,
                    press.first(),
                    agreed.sendTelephoneEvent(),
                    sequenceNumber++ & 0xFFFF,
                    pressTimestamp,
                    ssrc);
            TelephoneEvent.write(out, press.eventCode(), press.end(), 10, press.durationTicks());
            press.advance();
            out.flip();
            leave(to);
            return;
        }
        if (says instanceof Echo) {
            return;
        }
        fill(agreed.codec());
        RtpHeader.write(
                out,
                false,
                agreed.sendPayloadType(),
                sequenceNumber++ & 0xFFFF,
                rtpTimestamp,
                ssrc);
        out.put(codes).flip();
        leave(to);
    }

    private @Nullable DtmfSender nextPress(NegotiatedAudio agreed) {
        DtmfSender current = pressing;
        if (current != null && current.finished()) {
            pressing = null;
            gap = GAP_FRAMES;
        } else if (current == null && gap > 0) {
            gap--;
        } else if (current == null && !toPress.isEmpty() && agreed.sendTelephoneEvent() >= 0) {
            pressing = new DtmfSender(toPress.remove(), KEY_MS);
            pressTimestamp = rtpTimestamp;
        }
        return pressing;
    }

    private void fill(G711 codec) {
        switch (says) {
            case Clip(short[] samples, boolean loop) -> {
                for (int i = 0; i < FRAME; i++) {
                    int at =
                            loop && samples.length > 0
                                    ? (position + i) % samples.length
                                    : position + i;
                    codes[i] = at < samples.length ? codec.encode(samples[at]) : codec.silence();
                }
                position =
                        loop && samples.length > 0
                                ? (position + FRAME) % samples.length
                                : position + FRAME;
            }
            case Silence _, Echo _, Mute _ -> java.util.Arrays.fill(codes, codec.silence());
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
