package io.strowger.worker.shell.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.StreamReceiver;
import io.strowger.testsupport.StreamReceiver.Session;
import io.strowger.testsupport.TestContext;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.speech.SpeechRecognizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A stream service of one call, and a WebSocket server that it streams to.
final class StreamStage implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(10);
    static final ServerCallId CALL = new ServerCallId(1, 0);
    final List<MediaEvent> told = new CopyOnWriteArrayList<>();
    final Telemetry telemetry = new Telemetry();
    final StreamReceiver receiver;
    final StreamService service;

    private StreamStage(boolean allowPrivate, Duration ping, Optional<SpeechRecognizer> recognizer)
            throws Exception {
        this(StreamReceiver.start(), "", allowPrivate, ping, recognizer);
    }

    private StreamStage(
            StreamReceiver receiver,
            String trustFile,
            boolean allowPrivate,
            Duration ping,
            Optional<SpeechRecognizer> recognizer)
            throws Exception {
        this.receiver = receiver;
        Settings settings =
                SettingsLoader.load(
                        null,
                        Map.of(
                                "STROWGER_MEDIA_ALLOWPRIVATEADDRESSES",
                                Boolean.toString(allowPrivate),
                                "STROWGER_MEDIA_TLS_TRUSTFILE",
                                trustFile,
                                "STROWGER_HTTP_PUBLICURL",
                                "https://calls.example"));
        service =
                StreamService.start(
                        TestContext.withoutBroker(settings, TestContext.secrets(), telemetry),
                        new Told(told),
                        recognizer,
                        new StreamTimings(
                                Duration.ofSeconds(2),
                                List.of(Duration.ofMillis(20), Duration.ofMillis(20)),
                                Duration.ofSeconds(30),
                                ping,
                                Duration.ofMillis(300)));
    }

    static StreamStage set(boolean allowPrivate, Duration ping) throws Exception {
        return new StreamStage(allowPrivate, ping, Optional.empty());
    }

    /// @param trustFile empty: the JDK's authorities are trusted
    static StreamStage set(StreamReceiver receiver, String trustFile) throws Exception {
        return new StreamStage(receiver, trustFile, true, Duration.ofSeconds(10), Optional.empty());
    }

    static StreamStage set(Optional<SpeechRecognizer> recognizer) throws Exception {
        return new StreamStage(true, Duration.ofSeconds(10), recognizer);
    }

    private record Told(List<MediaEvent> events) implements MediaFacts {
        @Override
        public void happened(ServerCallId call, MediaEvent event) {
            assertEquals(CALL, call);
            events.add(event);
        }

        @Override
        public void legSilent(ServerCallId call, LegId leg) {
            throw new AssertionError("no leg is here");
        }
    }

    /// A connection of the stream, once it was told of.
    Session session(int number) {
        Eventually.holds(
                SOON,
                () -> receiver.sessions().size() >= number && told.size() >= number,
                () -> "connection " + number + "; told " + told);
        return receiver.sessions().get(number - 1);
    }

    void awaitTold(MediaEvent event) {
        Eventually.holds(SOON, () -> told.contains(event), () -> event + " in " + told);
    }

    @Override
    public void close() throws Exception {
        service.close();
        receiver.close();
        telemetry.close();
    }
}
