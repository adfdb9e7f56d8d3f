package io.strowger.worker.core.bridge;

import static io.strowger.worker.core.bridge.Conversation.audio;
import static io.strowger.worker.core.bridge.Conversation.operation;
import static io.strowger.worker.core.bridge.Conversation.ready;
import static io.strowger.worker.core.bridge.Conversation.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamSpec.Channels;
import io.strowger.contracts.stream.StreamSpec.Format;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.sdp.Direction;
import io.strowger.media.srtp.CryptoSuite;
import io.strowger.media.srtp.MediaKeys;
import io.strowger.media.srtp.SrtpKeys;
import io.strowger.media.srtp.SrtpSender;
import io.strowger.media.tone.Tones;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.recording.AudioRing;
import io.strowger.worker.core.rtp.OutgoingStream;
import io.strowger.worker.core.stream.StreamLine;
import io.strowger.worker.core.stream.StreamRequest;
import io.strowger.worker.core.stream.StreamRing;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeAllocationTest {
    private static final int FRAMES = 5000;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Conversation call = new Conversation();

    /// Gives one packet for each that it takes, without a byte of garbage.
    private static final class SteadySocket implements RtpSocket {
        private final InetSocketAddress phone;
        private int sequenceNumber;
        private boolean given;
        private int sent;
        private int reports;
        private int unusual;
        private final @Nullable SrtpSender sealing;

        SteadySocket(int port) {
            this(port, null);
        }

        /// @param keys of the phone's; null: it speaks plain RTP
        SteadySocket(int port, @Nullable SrtpKeys keys) {
            phone = new InetSocketAddress("192.0.2.1", port);
            sealing = keys == null ? null : new SrtpSender(keys);
        }

        @Override
        public @Nullable InetSocketAddress receive(ByteBuffer into) {
            if (given) {
                return null;
            }
            given = true;
            sequenceNumber++;
            RtpHeader.write(into, false, 0, sequenceNumber & 0xFFFF, 160L * sequenceNumber, 1);
            for (int i = 0; i < 160; i++) {
                into.put((byte) (sequenceNumber + i));
            }
            into.flip();
            if (sealing != null) {
                sealing.protect(into);
            }
            return phone;
        }

        @Override
        public boolean send(ByteBuffer packet, InetSocketAddress to) {
            sent++;
            given = false;
            int bytes = RtpHeader.BYTES + 160 + (sealing == null ? 0 : 10);
            unusual += packet.remaining() == bytes ? 0 : 1;
            return packet.remaining() == bytes;
        }

        @Override
        public void sendControl(ByteBuffer packet, InetSocketAddress to) {
            reports++;
        }

        @Override
        public void drainControl(ByteBuffer scratch) {
            scratch.clear();
        }
    }

    @Test
    void aWarmFrameAllocatesNothing() {
        SteadySocket last = new SteadySocket(5000);
        for (int leg = 1; leg <= 4; leg++) {
            join(leg, leg == 4 ? last : new SteadySocket(4000 + 2 * leg), leg != 4);
        }
        call.play(1, 2, true, new LegId(1), new LegId(3));
        call.bridge.loaded(operation(1), 0, ready(Tones.sine(450, 110, 8000)));
        call.bridge.loaded(operation(1), 1, ready(Tones.sine(650, 110, 8000)));
        call.frames(FRAMES);

        assertAllocatesNothing(FRAMES);

        assertEquals(2 * FRAMES, last.sent);
        assertEquals(40, last.reports);
    }

    @ParameterizedTest(name = "{0} legs")
    @ValueSource(ints = {20, 350})
    void aWarmFrameOfAConferenceAllocatesNothing(int legs) {
        SteadySocket last = new SteadySocket(5000);
        for (int leg = 1; leg <= legs; leg++) {
            join(leg, leg == legs ? last : new SteadySocket(6000 + 2 * leg), leg % 5 != 0);
        }
        call.play(1, 1, true);
        call.bridge.loaded(operation(1), 0, ready(Tones.sine(450, 110, 8000)));
        call.play(2, 1, true, new LegId(7));
        call.bridge.loaded(operation(2), 0, ready(Tones.sine(650, 110, 8000)));
        call.bridge.mute(new LegId(2), true, 0);
        call.bridge.hold(new MediaCommand.HoldLeg(operation(3), new LegId(3), source()), 0);
        call.bridge.loaded(operation(3), 0, ready(Tones.sine(850, 110, 8000)));
        int frames = 100_000 / legs;
        call.frames(frames);

        assertAllocatesNothing(frames);

        assertEquals(2 * frames, last.sent);
    }

    @ParameterizedTest(name = "{0} legs")
    @ValueSource(ints = {2, 350})
    void aWarmFrameOfARecordedCallAllocatesNothing(int legs) {
        for (int leg = 1; leg <= legs; leg++) {
            join(leg, new SteadySocket(6000 + 2 * leg), true);
        }
        call.play(1, 1, true, new LegId(1));
        call.bridge.loaded(operation(1), 0, ready(Tones.sine(450, 110, 8000)));
        AudioRing taken = record(1, ChannelType.MIXED);
        AudioRing alsoTaken = record(2, ChannelType.UNMIXED);
        AudioRing full = record(3, ChannelType.UNMIXED);
        record(4, ChannelType.MIXED);
        call.bridge.recorder().pause(new RecordingId(1, 4));
        int steps = 10_000 / legs;
        long allocated = 0;
        int blocks = 0;
        for (int warm = 0; warm < 2; warm++) {
            allocated = 0;
            blocks = 0;
            for (int step = 0; step < steps; step++) {
                allocated += allocatedBy(10);
                blocks += free(taken) + free(alsoTaken);
            }
        }

        assertTrue(allocated < 10L * steps, "allocated " + allocated + " bytes");
        assertEquals(2 * steps, blocks);
        assertEquals(AudioRing.BLOCKS, full.waiting());
    }

    @Test
    void aWarmFrameOfLegsWithSrtpAllocatesNothing() {
        byte[] secret = new byte[SrtpKeys.BYTES];
        MediaKeys keys =
                new MediaKeys(
                        SrtpKeys.of(CryptoSuite.AES_CM_128_HMAC_SHA1_80, secret),
                        SrtpKeys.of(CryptoSuite.AES_CM_128_HMAC_SHA1_80, secret));
        SteadySocket last = new SteadySocket(5000, keys.theirs());
        for (int leg = 1; leg <= 4; leg++) {
            SteadySocket socket = leg == 4 ? last : new SteadySocket(4000 + 2 * leg, keys.theirs());
            call.bridge.addLeg(
                    new LegId(leg), socket, ToneReports.of(true), new OutgoingStream(leg, 1, 1));
            call.bridge.connect(
                    new LegId(leg), audio(Direction.SENDRECV, true, keys), socket.phone, 0);
        }
        call.frames(2 * FRAMES);

        assertAllocatesNothing(FRAMES);

        assertEquals(3 * FRAMES, last.sent);
        assertEquals(0, last.unusual);
        assertEquals(4L * 3 * FRAMES, call.counts.received());
        assertEquals(0, call.counts.unauthentic());
        assertEquals(60, last.reports);
    }

    @ParameterizedTest(name = "{0} legs")
    @ValueSource(ints = {2, 350})
    void aWarmFrameOfAStreamedCallAllocatesNothing(int legs) {
        for (int leg = 1; leg <= legs; leg++) {
            join(leg, new SteadySocket(6000 + 2 * leg), true);
        }
        StreamLine taken = stream(1, Channels.MIXED);
        StreamLine alsoTaken = stream(2, Channels.UNMIXED);
        StreamLine full = stream(3, Channels.UNMIXED);
        short[] words = Tones.sine(650, 110, 8000);
        int steps = 10_000 / legs;
        long allocated = 0;
        int frames = 0;
        for (int warm = 0; warm < 2; warm++) {
            allocated = 0;
            frames = 0;
            for (int step = 0; step < steps; step++) {
                taken.voice().put(words);
                full.voice().put(words);
                allocated += allocatedBy(10);
                frames += taken.ring().drop(0) + alsoTaken.ring().drop(0);
                full.voice().flush();
            }
        }

        assertTrue(allocated < 10L * steps, "allocated " + allocated + " bytes");
        assertEquals(20 * steps, frames);
        assertEquals(StreamRing.FRAMES, full.ring().waiting());
    }

    private StreamLine stream(int number, Channels channels) {
        StreamLine line = new StreamLine(channels, true);
        call.bridge
                .streams()
                .start(
                        new StreamRequest(
                                operation(number),
                                new CallConnectionId(new UUID(1, 1)),
                                new UUID(2, 2),
                                new StreamSpec(
                                        URI.create("wss://app.example/"),
                                        channels,
                                        Format.PCM_16K_MONO,
                                        true,
                                        true),
                                List.of()),
                        line);
        return line;
    }

    private AudioRing record(int ordinal, ChannelType type) {
        AudioRing ring = new AudioRing(type);
        List<MediaCommand.ChannelOfLeg> channels =
                List.of(
                        new MediaCommand.ChannelOfLeg(new LegId(1), 0),
                        new MediaCommand.ChannelOfLeg(new LegId(2), 1));
        call.bridge
                .recorder()
                .start(
                        new MediaCommand.StartRecording(
                                new RecordingId(1, ordinal),
                                Instant.EPOCH,
                                0,
                                type,
                                channels,
                                false),
                        ring);
        return ring;
    }

    private static int free(AudioRing ring) {
        int freed = 0;
        while (ring.peek() != null) {
            ring.free();
            freed++;
        }
        return freed;
    }

    private long allocatedBy(int frames) {
        long thread = Thread.currentThread().threadId();
        threads.getThreadAllocatedBytes(thread);
        long before = threads.getThreadAllocatedBytes(thread);
        call.frames(frames);
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    private void join(int leg, SteadySocket socket, boolean telephoneEvent) {
        call.bridge.addLeg(
                new LegId(leg), socket, ToneReports.of(true), new OutgoingStream(leg, 1, 1));
        call.bridge.connect(
                new LegId(leg), audio(Direction.SENDRECV, telephoneEvent), socket.phone, 0);
    }

    private void assertAllocatesNothing(int frames) {
        long allocated = allocatedBy(frames);
        assertTrue(allocated < frames, () -> frames + " frames allocated " + allocated + " bytes");
    }
}
