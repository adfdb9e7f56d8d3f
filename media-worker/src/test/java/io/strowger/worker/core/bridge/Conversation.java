package io.strowger.worker.core.bridge;

import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.media.g711.G711;
import io.strowger.media.sdp.Direction;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.media.srtp.MediaKeys;
import io.strowger.media.tone.ToneDetector;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.play.Clip;
import io.strowger.worker.core.play.Loaded;
import io.strowger.worker.core.rtp.Frame;
import io.strowger.worker.core.rtp.OutgoingStream;
import io.strowger.worker.core.speech.SpeechRecognizer.Session;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A bridge with phones in memory; time passes when told to.
final class Conversation implements BridgeFacts {
    static final long SECOND = Duration.ofSeconds(1).toNanos();
    final MediaCounts counts = new MediaCounts();

    /// Keys without what stands for their press.
    final List<MediaEvent> events = new ArrayList<>();

    /// Of the keys that were received.
    final List<@Nullable Long> presses = new ArrayList<>();

    final List<Integer> fetches = new ArrayList<>();
    final List<LegId> silent = new ArrayList<>();
    final List<Ear> ears = new ArrayList<>();
    boolean hasEars = true;
    final Bridge bridge = new Bridge(this, counts, () -> 5 * SECOND, 0);
    final ByteBuffer packet = ByteBuffer.allocateDirect(2048);
    private final List<WireSocket> phones = new ArrayList<>();

    static NegotiatedAudio audio(Direction direction, boolean telephoneEvent) {
        return audio(direction, telephoneEvent, null);
    }

    /// @param keys null: plain RTP
    static NegotiatedAudio audio(
            Direction direction, boolean telephoneEvent, @Nullable MediaKeys keys) {
        int events = telephoneEvent ? 101 : -1;
        return new NegotiatedAudio(
                "192.0.2.1", 4000, G711.PCMU, 0, 0, events, events, 20, direction, keys);
    }

    static OperationId operation(int number) {
        return new OperationId(new UUID(0, number));
    }

    static PlaySource source() {
        return new PlaySource.FileSource(URI.create("http://prompts.example/a.wav"), null);
    }

    static Loaded ready(short[] samples) {
        return new Loaded.Ready(new Clip(samples));
    }

    /// Adds leg 1, 2, ... and connects it.
    WireSocket join() {
        return join(audio(Direction.SENDRECV, true), false);
    }

    WireSocket join(NegotiatedAudio audio, boolean reportTones) {
        return join(audio, ToneReports.of(reportTones));
    }

    WireSocket join(NegotiatedAudio audio, ToneReports reports) {
        int number = phones.size() + 1;
        WireSocket socket = new WireSocket(4000 + 2 * number);
        phones.add(socket);
        LegId leg = new LegId(number);
        bridge.addLeg(leg, socket, reports, new OutgoingStream(number, 65_530, 0xFFFF_FF00L));
        bridge.connect(leg, audio, socket.phone, bridge.nextFrameAtNs());
        return socket;
    }

    void play(int operation, int sources, boolean loop, LegId... legs) {
        bridge.startPlay(
                new MediaCommand.StartPlay(
                        operation(operation), sources(sources), List.of(legs), loop));
    }

    void recognize(int operation, int prompts, boolean interrupt, DtmfOptions dtmf) {
        bridge.startRecognize(
                new MediaCommand.StartRecognize(
                        operation(operation), new LegId(1), sources(prompts), interrupt, dtmf),
                bridge.nextFrameAtNs());
    }

    void listen(int operation, int prompts, boolean interrupt, SpokenInput spoken) {
        bridge.startRecognize(
                new MediaCommand.StartRecognize(
                        operation(operation),
                        new LegId(1),
                        sources(prompts),
                        interrupt,
                        new DtmfOptions(Duration.ofSeconds(5), Duration.ofSeconds(2), 2, Set.of()),
                        null,
                        spoken),
                bridge.nextFrameAtNs());
    }

    private static List<PlaySource> sources(int count) {
        List<PlaySource> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sources.add(source());
        }
        return sources;
    }

    void frames(int count) {
        for (int i = 0; i < count; i++) {
            bridge.frame(bridge.nextFrameAtNs(), bridge.nextFrameAtNs() / 1_000_000, packet);
        }
    }

    /// Everyone says a tone of their own: phone 1 the first, and so on.
    void talk(int frames, short[]... tones) {
        for (int frame = 0; frame < frames; frame++) {
            for (int i = 0; i < tones.length; i++) {
                phones.get(i).say(tones[i], frame * Frame.SAMPLES);
            }
            frames(1);
        }
    }

    static int heardMs(WireSocket phone, int first, double frequencyHz) {
        return ToneDetector.heardMs(phone.heard(first), frequencyHz);
    }

    /// The events of one kind so far.
    <T extends MediaEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void happened(MediaEvent event) {
        events.add(
                switch (event) {
                    case MediaEvent.ToneReceived(var leg, var tone, int number, var press) -> {
                        presses.add(press);
                        yield new MediaEvent.ToneReceived(leg, tone, number);
                    }
                    case MediaEvent.ToneCollected(var operation, var tone, int number, var _) ->
                            new MediaEvent.ToneCollected(operation, tone, number);
                    case MediaEvent other -> other;
                });
    }

    @Override
    public void legSilent(LegId leg) {
        silent.add(leg);
    }

    @Override
    public void fetch(OperationId operation, int index, PlaySource source) {
        fetches.add(index);
    }

    @Override
    public @Nullable Session listen(OperationId operation, LegId leg, SpokenInput spoken) {
        if (!hasEars) {
            return null;
        }
        Ear ear = new Ear();
        ears.add(ear);
        return ear;
    }

    /// A recogniser in memory that understands nothing.
    static final class Ear implements Session {
        final List<short[]> frames = new ArrayList<>();
        boolean finished;
        boolean closed;

        @Override
        public boolean audio(short[] frame) {
            return frames.add(frame.clone());
        }

        @Override
        public void finish() {
            finished = true;
        }

        @Override
        public void close() {
            closed = true;
        }

        /// How much of a tone it has heard.
        int heardMs(double frequencyHz) {
            short[] all = new short[frames.size() * Frame.SAMPLES];
            for (int i = 0; i < frames.size(); i++) {
                System.arraycopy(frames.get(i), 0, all, i * Frame.SAMPLES, Frame.SAMPLES);
            }
            return ToneDetector.heardMs(all, frequencyHz);
        }
    }
}
