package io.strowger.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.event.EventRecord;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.WebhookReceiver;
import io.strowger.testsupport.WebhookReceiver.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Receivers that answer what they should not.
class HostileReceiversIT {
    @TempDir private static Path directory;
    private static DispatcherFixture fixture;
    private DispatcherFixture.Running dispatcher;

    @BeforeAll
    static void startBroker() throws Exception {
        fixture = new DispatcherFixture(directory);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        fixture.close();
    }

    @BeforeEach
    void start() throws Exception {
        dispatcher = fixture.start();
    }

    @AfterEach
    void stop() throws Exception {
        dispatcher.service().stop();
    }

    @Test
    void aRedirectIsAFailureAndIsNotFollowed() throws Exception {
        try (WebhookReceiver elsewhere = WebhookReceiver.start();
                WebhookReceiver receiver = WebhookReceiver.start()) {
            Map<String, String> location = Map.of("Location", elsewhere.uri("/").toString());
            receiver.answer(request -> new Answer(307, location, ""));
            fixture.tell(Events.event("redirect", receiver.uri("/r"), 1, Instant.now()));

            List<WebhookReceiver.Request> tries = receiver.awaitRequests(2, DispatcherFixture.SOON);

            assertEquals(
                    tries.get(0).headers().get("webhook-id"),
                    tries.get(1).headers().get("webhook-id"));
            assertEquals(List.of(), elsewhere.requests());
        }
    }

    @Test
    void theReceiverIsNotAskedAgainBeforeItSaid() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            receiver.answer(request -> new Answer(429, Map.of("Retry-After", "3"), ""));
            fixture.tell(Events.event("later", receiver.uri("/l"), 1, Instant.now()));

            List<WebhookReceiver.Request> tries = receiver.awaitRequests(2, DispatcherFixture.SOON);

            Duration between = Duration.between(tries.get(0).at(), tries.get(1).at());
            assertTrue(between.toMillis() >= 2_900, "asked again after " + between);
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOffAndCountsForItsStatus() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                WebhookReceiver other = WebhookReceiver.start()) {
            Thread.ofVirtual().start(() -> flood(server, sent));
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/flood");
            EventRecord event = Events.event("flood", uri, 1, Instant.now());
            fixture.tell(event);
            fixture.tell(Events.event("other", other.uri("/o"), 1, Instant.now()));

            other.awaitRequests(1, DispatcherFixture.SOON);
            Eventually.holds(
                    "the connection is closed", DispatcherFixture.SOON, () -> sent.get() < 0);

            assertTrue(-sent.get() < 16 << 20, "read " + -sent.get() + " bytes");
            fixture.awaitAllCommitted();
            assertTrue(fixture.parked(event.call()).isEmpty(), "a 200 was not taken for one");
        }
    }

    /// @param sent bytes so far; negative: that was all, as the other side closed
    private static void flood(ServerSocket server, AtomicLong sent) {
        byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.UTF_8);
        try (Socket socket = server.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(chunk);
                sent.addAndGet(chunk.length);
            }
        } catch (IOException closed) {
            sent.updateAndGet(bytes -> -bytes);
        }
    }
}
