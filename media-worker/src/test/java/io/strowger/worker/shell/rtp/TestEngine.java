package io.strowger.worker.shell.rtp;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.TestContext;
import io.strowger.worker.MediaEngineFactory;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.recording.AudioRing;
import io.strowger.worker.core.stream.StreamLine;
import io.strowger.worker.core.stream.StreamRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// An engine as the service makes it, whose facts are kept.
final class TestEngine implements AutoCloseable, MediaFacts {
    private final List<MediaEvent> events = new CopyOnWriteArrayList<>();
    private final List<LegId> silent = new CopyOnWriteArrayList<>();
    final Map<RecordingId, AudioRing> rings = new ConcurrentHashMap<>();
    final Map<OperationId, StreamLine> lines = new ConcurrentHashMap<>();
    private final Telemetry telemetry = new Telemetry();
    private final MediaEngineFactory.Running running;

    private TestEngine(Settings settings) {
        running =
                new RtpMediaEngineFactory()
                        .start(
                                TestContext.withoutBroker(
                                        settings, TestContext.secrets(), telemetry),
                                new MediaEngineFactory.Outside(
                                        this, this::open, this::openStream, Optional.empty()));
    }

    /// @param promptDirectory where file prompts may lie; settings are kept beside it
    static TestEngine start(Path promptDirectory, boolean allowPrivateAddresses) throws Exception {
        return start(promptDirectory, allowPrivateAddresses, Duration.ofMinutes(1));
    }

    /// @param silencePatience without RTP, a leg that should send is told of
    static TestEngine start(
            Path promptDirectory, boolean allowPrivateAddresses, Duration silencePatience)
            throws Exception {
        Path file = Files.createTempFile("engine", ".yaml");
        Files.writeString(
                file,
                """
                sip: {host: 127.0.0.1, port: 0}
                rtp: {portMin: 0, portMax: 0}
                media:
                  threads: 1
                  maxPromptBytes: 100000
                  promptDirectory: "%s"
                  allowPrivateAddresses: %s
                  timeouts: {fetch: PT1.5S, rtp: %s}
                """
                        .formatted(promptDirectory, allowPrivateAddresses, silencePatience));
        Settings settings = SettingsLoader.load(file, Map.of());
        Files.delete(file);
        return new TestEngine(settings);
    }

    private AudioRing open(ServerCallId call, MediaCommand.StartRecording recording) {
        AudioRing ring = new AudioRing(recording.channelType());
        rings.put(recording.recording(), ring);
        return ring;
    }

    private StreamLine openStream(ServerCallId call, StreamRequest stream) {
        StreamLine line = StreamLine.of(stream.target());
        lines.put(stream.stream(), line);
        return line;
    }

    MediaEngine engine() {
        return running.engine();
    }

    List<MediaEvent> events() {
        return List.copyOf(events);
    }

    /// Legs that were told of as silent.
    List<LegId> silent() {
        return List.copyOf(silent);
    }

    /// RTP packets sent so far, as the meters know it.
    long sent() {
        return (long)
                telemetry
                        .counter(Telemetry.RTP_PACKETS, "direction", Flow.OUT, "outcome", Sent.OK)
                        .count();
    }

    private enum Flow {
        OUT
    }

    private enum Sent {
        OK
    }

    /// The first event of a kind that fits.
    <T extends MediaEvent> T await(Class<T> kind, Predicate<T> fits, Duration within) {
        Eventually.holds(
                within,
                () -> events.stream().anyMatch(event -> matches(event, kind, fits)),
                () -> "no such " + kind.getSimpleName() + " in " + events);
        return events.stream()
                .filter(event -> matches(event, kind, fits))
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    private static <T> boolean matches(MediaEvent event, Class<T> kind, Predicate<T> fits) {
        return kind.isInstance(event) && fits.test(kind.cast(event));
    }

    @Override
    public void happened(ServerCallId call, MediaEvent event) {
        events.add(event);
    }

    @Override
    public void legSilent(ServerCallId call, LegId leg) {
        silent.add(leg);
    }

    @Override
    public void close() throws Exception {
        running.closing().close();
    }
}
