package io.strowger.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.media.tone.ToneDetector;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A speech recogniser for people who speak in tones: each tone of its vocabulary is a word. It
/// speaks the protocol of `docs/speech.md` on loopback and hears what is in the audio, nothing
/// else.
public final class ToneRecognizer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRAME_BYTES = 640;
    private static final int FRAME_MS = 20;

    /// A word is heard as soon as it is this long.
    private static final int WORD_FRAMES = 5;

    private static final double AUDIBLE = 1500;

    /// Small, so that one who does not read is noticed soon.
    private static final int RECEIVE_BUFFER_BYTES = 16 << 10;

    private final Map<Double, String> vocabulary;
    private final Vertx vertx;
    private final HttpServer server;
    private final List<Listening> listenings = new CopyOnWriteArrayList<>();
    private volatile int refusal;
    private volatile boolean thinksForever;

    private ToneRecognizer(Map<Double, String> vocabulary)
            throws ExecutionException, InterruptedException {
        this.vocabulary = Map.copyOf(vocabulary);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        server =
                vertx.createHttpServer(
                        new HttpServerOptions()
                                .setHost("127.0.0.1")
                                .setPort(0)
                                .setReceiveBufferSize(RECEIVE_BUFFER_BYTES));
        server.webSocketHandshakeHandler(handshake -> {
            if (refusal != 0) {
                var _ = handshake.reject(refusal);
            } else {
                var _ = handshake.accept();
            }
        });
        server.webSocketHandler(socket -> listenings.add(new Listening(socket)));
        server.listen().toCompletionStage().toCompletableFuture().get();
    }

    /// @param vocabulary frequency in Hz to the word that it is
    public static ToneRecognizer start(Map<Double, String> vocabulary)
            throws ExecutionException, InterruptedException {
        return new ToneRecognizer(vocabulary);
    }

    public String url() {
        return "ws://127.0.0.1:" + server.actualPort() + "/listen?k=1";
    }

    /// From now on handshakes are answered with this status.
    ///
    /// @param status 0: they are taken
    public void refuse(int status) {
        refusal = status;
    }

    /// Whether it never says what it has heard from now on.
    public void thinkForever(boolean on) {
        thinksForever = on;
    }

    /// In the order they came.
    public List<Listening> listenings() {
        return listenings;
    }

    /// Reads on before: for who stalls, a close would wait ten seconds.
    @Override
    public void close() throws ExecutionException, InterruptedException {
        listenings.forEach(listening -> listening.socket.resume());
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    /// One connection.
    public final class Listening {
        private final ServerWebSocket socket;
        private final List<String> words = new ArrayList<>();
        private volatile @Nullable JsonNode start;
        private volatile int frames;
        private volatile boolean ended;
        private volatile boolean closed;
        private @Nullable String sounding;
        private int soundingFrames;
        private int strangeFrames;
        private int silentFrames;
        private int firstFrame = -1;

        private Listening(ServerWebSocket socket) {
            this.socket = socket;
            socket.textMessageHandler(this::told);
            socket.binaryMessageHandler(this::sound);
            socket.closeHandler(unused -> closed = true);
        }

        /// A header of the handshake.
        public @Nullable String header(String name) {
            return socket.headers().get(name);
        }

        public String uri() {
            return socket.uri();
        }

        /// The Start frame; null: it has not come.
        public @Nullable JsonNode start() {
            return start;
        }

        /// Frames of 20 ms that came so far.
        public int frames() {
            return frames;
        }

        /// Whether `End` came.
        public boolean hasEnded() {
            return ended;
        }

        public boolean isClosed() {
            return closed;
        }

        /// Sends a frame as it stands.
        public void send(String text) {
            var _ = socket.writeTextMessage(text);
        }

        /// Closes it with this status (RFC 6455 7.4.1).
        public void close(int status) {
            var _ = socket.close((short) status);
        }

        /// Reads no more.
        public void stall() {
            socket.pause();
        }

        private void told(String text) {
            JsonNode frame;
            try {
                frame = JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + text, e);
            }
            if (frame.path("kind").asText().equals("Start")) {
                start = frame;
            } else if (frame.path("kind").asText().equals("End")) {
                ended = true;
                if (!thinksForever) {
                    result();
                    send("{\"kind\":\"Ended\"}");
                }
            }
        }

        private void sound(Buffer buffer) {
            if (buffer.length() != FRAME_BYTES) {
                throw new AssertionError(buffer.length() + " bytes are no frame");
            }
            short[] samples = new short[FRAME_BYTES / Short.BYTES];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = buffer.getShortLE(i * Short.BYTES);
            }
            hear(samples);
            frames++;
        }

        /// The detector counts in 8 kHz, the audio has 16.
        private @Nullable String word(short[] samples) {
            return vocabulary.entrySet().stream()
                    .filter(entry ->
                            ToneDetector.amplitude(samples, 0, samples.length, entry.getKey() / 2)
                                    > AUDIBLE)
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }

        private static boolean isLoud(short[] samples) {
            double energy = 0;
            for (short sample : samples) {
                energy += (double) sample * sample;
            }
            return Math.sqrt(energy / samples.length) > AUDIBLE;
        }

        private void hear(short[] samples) {
            String word = word(samples);
            if (word == null && !isLoud(samples)) {
                sounding = null;
                silentFrames++;
                if (silentFrames * FRAME_MS >= endSilenceMs()) {
                    result();
                }
                return;
            }
            silentFrames = 0;
            if (firstFrame < 0) {
                firstFrame = frames;
            }
            if (word == null) {
                strangeFrames++;
                return;
            }
            soundingFrames = word.equals(sounding) ? soundingFrames + 1 : 1;
            sounding = word;
            if (soundingFrames == WORD_FRAMES) {
                words.add(word);
                partial();
            }
        }

        private int endSilenceMs() {
            JsonNode asked = start;
            return asked == null ? 500 : asked.path("endSilenceMs").asInt(500);
        }

        private void partial() {
            JsonNode asked = start;
            if (asked != null && asked.path("intermediateResults").asBoolean()) {
                send(frame("Partial").toString());
            }
        }

        private ObjectNode frame(String kind) {
            return JSON.createObjectNode()
                    .put("kind", kind)
                    .put("text", String.join(" ", words))
                    .put("offsetMs", Math.max(0, firstFrame) * FRAME_MS);
        }

        /// Sound without a word is somebody who is not understood.
        private void result() {
            boolean spoke = !words.isEmpty() || strangeFrames >= WORD_FRAMES;
            if (spoke && !thinksForever) {
                ObjectNode frame = frame("Result");
                frame.put("confidence", words.isEmpty() ? 0 : 0.9);
                frame.put("durationMs", (frames - firstFrame - silentFrames) * FRAME_MS);
                words.forEach(word ->
                        frame.withArray("words")
                                .addObject()
                                .put("text", word)
                                .put("offsetMs", firstFrame * FRAME_MS)
                                .put("durationMs", WORD_FRAMES * FRAME_MS));
                send(frame.toString());
            }
            words.clear();
            strangeFrames = 0;
            firstFrame = -1;
        }
    }
}
