package io.strowger.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.media.tone.ToneDetector;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A speech recogniser on loopback for which people hum: what it understands is the language it was
/// asked for and the tone that it heard, `en-US 440`, twice a second. So words show whose sound
/// they come from.
public final class ToneRecognizer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SAMPLES_A_FRAME = 320;
    private static final int FRAMES_A_WORD = 25;
    private static final int WORD_MS = 500;
    private static final double LOUD = 1500;
    private static final int[] TONES = {440, 660, 880, 1100};
    private final Vertx vertx;
    private final HttpServer server;
    private final List<JsonNode> starts = new CopyOnWriteArrayList<>();

    private ToneRecognizer() throws ExecutionException, InterruptedException {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        server =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .webSocketHandler(socket -> new Listening(socket).begin());
        server.listen().toCompletionStage().toCompletableFuture().get();
    }

    public static ToneRecognizer start() throws ExecutionException, InterruptedException {
        return new ToneRecognizer();
    }

    public URI uri() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/");
    }

    /// What was asked for so far, one for each person that it listened to.
    public List<JsonNode> starts() {
        return starts;
    }

    @Override
    public void close() throws ExecutionException, InterruptedException {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private final class Listening {
        private final ServerWebSocket socket;
        private final short[] samples = new short[SAMPLES_A_FRAME * FRAMES_A_WORD];
        private @Nullable JsonNode start;
        private int frames;

        Listening(ServerWebSocket socket) {
            this.socket = socket;
        }

        void begin() {
            socket.textMessageHandler(this::text);
            socket.binaryMessageHandler(this::audio);
        }

        private void text(String text) {
            try {
                JsonNode frame = JSON.readTree(text);
                if (frame.path("kind").asText().equals("Start")) {
                    start = frame;
                    starts.add(frame);
                } else {
                    send("{\"kind\":\"Ended\"}");
                }
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + text, e);
            }
        }

        private void audio(Buffer bytes) {
            int at = frames % FRAMES_A_WORD * SAMPLES_A_FRAME;
            for (int i = 0; i < SAMPLES_A_FRAME; i++) {
                samples[at + i] = bytes.getShortLE(2 * i);
            }
            frames++;
            if (frames % FRAMES_A_WORD == 0) {
                word();
            }
        }

        private void word() {
            JsonNode asked = start;
            int tone = IntStream.of(TONES).filter(this::isHeard).findFirst().orElse(0);
            if (asked == null || tone == 0) {
                return;
            }
            String language = asked.path("locale").asText();
            long offsetMs = (frames - FRAMES_A_WORD) * 20L;
            if (asked.path("intermediateResults").asBoolean()) {
                send(
                        "{\"kind\":\"Partial\",\"text\":\"%s\",\"offsetMs\":%d}"
                                .formatted(language, offsetMs));
            }
            send(
                    ("{\"kind\":\"Result\",\"text\":\"%s %d\",\"confidence\":0.9,\"offsetMs\":%d,\"durationMs\":%d,"
                                    + "\"words\":[{\"text\":\"%s\",\"offsetMs\":%d,\"durationMs\":%d},{\"text\":\"%d\",\"offsetMs\":%d,\"durationMs\":%d}]}")
                            .formatted(
                                    language,
                                    tone,
                                    offsetMs,
                                    WORD_MS,
                                    language,
                                    offsetMs,
                                    WORD_MS / 2,
                                    tone,
                                    offsetMs + WORD_MS / 2,
                                    WORD_MS / 2));
        }

        /// The detector counts in samples of 8 kHz; these are twice as many.
        private boolean isHeard(int hz) {
            return ToneDetector.amplitude(samples, 0, samples.length, hz / 2.0) > LOUD;
        }

        private void send(String text) {
            var _ = socket.writeTextMessage(text);
        }
    }
}
