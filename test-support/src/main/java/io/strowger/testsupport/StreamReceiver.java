package io.strowger.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An application's WebSocket server for the audio of calls, on loopback: keeps what comes, sends
/// what it is told to.
public final class StreamReceiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Small, so that one who does not read is noticed soon.
    private static final int RECEIVE_BUFFER_BYTES = 16 << 10;

    private final Vertx vertx;
    private final HttpServer server;
    private final boolean secure;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private volatile int refusal;
    private final AtomicInteger nextRefusal = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    private StreamReceiver(HttpServerOptions options)
            throws ExecutionException, InterruptedException {
        secure = options.isSsl();
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        server =
                vertx.createHttpServer(
                        options.setHost("127.0.0.1")
                                .setPort(0)
                                .setReceiveBufferSize(RECEIVE_BUFFER_BYTES));
        server.webSocketHandshakeHandler(handshake -> {
            int next = nextRefusal.getAndSet(0);
            int status = next != 0 ? next : refusal;
            if (status != 0) {
                refused.incrementAndGet();
                var _ = handshake.reject(status);
            } else {
                var _ = handshake.accept();
            }
        });
        server.webSocketHandler(socket -> sessions.add(new Session(socket)));
        server.listen().toCompletionStage().toCompletableFuture().get();
    }

    public static StreamReceiver start() throws ExecutionException, InterruptedException {
        return new StreamReceiver(new HttpServerOptions());
    }

    /// Over TLS.
    ///
    /// @param certificatePem of `localhost`
    /// @param keyPem PKCS#8
    public static StreamReceiver secure(String certificatePem, String keyPem)
            throws ExecutionException, InterruptedException {
        return new StreamReceiver(
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addCertValue(Buffer.buffer(certificatePem))
                                        .addKeyValue(Buffer.buffer(keyPem))));
    }

    /// @param pathAndQuery with its slash
    public URI uri(String pathAndQuery) {
        String start = secure ? "wss://localhost:" : "ws://127.0.0.1:";
        return URI.create(start + server.actualPort() + pathAndQuery);
    }

    /// From now on handshakes are answered with this status.
    ///
    /// @param status 0: they are taken
    public void refuse(int status) {
        refusal = status;
    }

    /// Only the next handshake is answered with this status.
    public void refuseNext(int status) {
        nextRefusal.set(status);
    }

    /// Handshakes that were not taken.
    public int refused() {
        return refused.get();
    }

    /// Connections in the order they came.
    public List<Session> sessions() {
        return sessions;
    }

    /// Those that came to a path.
    public List<Session> sessions(String path) {
        return sessions.stream().filter(one -> one.socket.path().equals(path)).toList();
    }

    /// Reads on before: for who stalls, a close would wait ten seconds.
    @Override
    public void close() throws ExecutionException, InterruptedException {
        sessions.forEach(Session::goOn);
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    /// One connection.
    public static final class Session {
        private final ServerWebSocket socket;
        private final List<JsonNode> frames = new ArrayList<>();
        private volatile boolean closed;

        private Session(ServerWebSocket socket) {
            this.socket = socket;
            socket.textMessageHandler(this::received);
            socket.closeHandler(unused -> closed = true);
        }

        private void received(String text) {
            try {
                JsonNode frame = JSON.readTree(text);
                synchronized (frames) {
                    frames.add(frame);
                }
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + text, e);
            }
        }

        /// A header of the handshake.
        public @Nullable String header(String name) {
            return socket.headers().get(name);
        }

        public String uri() {
            return socket.uri();
        }

        /// What came so far.
        public List<JsonNode> frames() {
            synchronized (frames) {
                return List.copyOf(frames);
            }
        }

        /// What came so far of one kind.
        public List<JsonNode> frames(String kind) {
            return frames().stream()
                    .filter(frame -> frame.path("kind").asText().equals(kind))
                    .toList();
        }

        /// The samples that came so far.
        ///
        /// @param who the participant; null: those that are nobody's
        public short[] samples(@Nullable String who) {
            List<byte[]> pieces =
                    frames("AudioData").stream()
                            .map(frame -> frame.path("audioData"))
                            .filter(audio ->
                                    who == null
                                            ? audio.path("participantRawID").isMissingNode()
                                            : audio.path("participantRawID").asText().equals(who))
                            .map(audio -> Base64.getDecoder().decode(audio.path("data").asText()))
                            .toList();
            short[] samples = new short[pieces.stream().mapToInt(one -> one.length / 2).sum()];
            int at = 0;
            for (byte[] piece : pieces) {
                for (int i = 0; i < piece.length; i += 2) {
                    samples[at++] = (short) (piece[i] & 0xFF | piece[i + 1] << 8);
                }
            }
            return samples;
        }

        public void send(String text) {
            var _ = socket.writeTextMessage(text);
        }

        /// Sends samples as one frame.
        public void say(short[] samples) {
            byte[] bytes = new byte[samples.length * 2];
            for (int i = 0; i < samples.length; i++) {
                bytes[2 * i] = (byte) samples[i];
                bytes[2 * i + 1] = (byte) (samples[i] >> 8);
            }
            send(
                    "{\"kind\":\"AudioData\",\"audioData\":{\"data\":\""
                            + Base64.getEncoder().encodeToString(bytes)
                            + "\"}}");
        }

        /// Reads no more.
        public void stall() {
            socket.pause();
        }

        public void goOn() {
            socket.resume();
        }

        /// Closes it with this status (RFC 6455 7.4.1).
        public void close(int status) {
            var _ = socket.close((short) status);
        }

        public boolean isClosed() {
            return closed;
        }

        /// The status that the other side closed it with; null: it did not.
        public @Nullable Integer closeStatus() {
            Short status = socket.closeStatusCode();
            return status == null ? null : status.intValue();
        }
    }
}
