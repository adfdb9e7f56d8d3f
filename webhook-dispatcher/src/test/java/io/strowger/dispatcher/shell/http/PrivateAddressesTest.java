package io.strowger.dispatcher.shell.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.testsupport.MovingNames;
import io.strowger.testsupport.WebhookReceiver;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Callback URIs that shall lead into the platform's own network. The receiver on loopback is what
/// they would reach.
class PrivateAddressesTest {
    private static final long TEN_SECONDS_NS = Duration.ofSeconds(10).toNanos();
    private Vertx vertx;
    private Context eventLoop;
    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        eventLoop = vertx.getOrCreateContext();
        receiver = WebhookReceiver.start();
    }

    @AfterEach
    void stop() throws Exception {
        receiver.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @ParameterizedTest
    @MethodSource("io.strowger.testsupport.PrivateSpellings#all")
    @ValueSource(strings = "hidden.moves.test")
    void noSpellingLeadsIntoThePrivateNetwork(String host) throws Exception {
        MovingNames.name("hidden", "127.0.0.1");

        Answer answer = deliver("http://" + host + ":" + receiver.port() + "/e", false);

        assertTrue(
                answer instanceof Answer.Refused || answer instanceof Answer.Unreachable,
                () -> host + " led to " + answer);
        assertEquals(List.of(), receiver.requests());
    }

    @Test
    void aNameIsLookedUpOnceAndConnectedToWhereItWas() throws Exception {
        String name = MovingNames.name("moved", "127.0.0.1", "127.0.0.99");

        Answer answer = deliver("http://" + name + ":" + receiver.port() + "/e", true);

        assertEquals(200, assertInstanceOf(Answer.Responded.class, answer).status());
        assertEquals(1, MovingNames.left(name), "looked up again before it connected");
        assertEquals(
                name + ":" + receiver.port(), receiver.requests().getFirst().headers().get("host"));
    }

    @Test
    void aNameThatMovesIntoThePrivateNetworkIsRefusedFromThenOn() throws Exception {
        String name = MovingNames.name("rebound", "192.0.32.8", "169.254.169.254");
        AddressBook book = new AddressBook(eventLoop, false);

        List<InetAddress> before = find(book, name, 0);
        List<InetAddress> kept = find(book, name, TEN_SECONDS_NS - 1);

        assertEquals(List.of(InetAddress.ofLiteral("192.0.32.8")), before);
        assertEquals(before, kept);
        ExecutionException refused =
                assertThrows(ExecutionException.class, () -> find(book, name, TEN_SECONDS_NS + 1));
        assertInstanceOf(
                AddressBook.RefusedException.class, Objects.requireNonNull(refused.getCause()));
    }

    @Test
    void aNameWithOnePrivateAddressAmongPublicOnesIsRefused() {
        String name = MovingNames.name("mixed", "192.0.32.8,10.0.0.1");
        AddressBook book = new AddressBook(eventLoop, false);

        ExecutionException refused =
                assertThrows(ExecutionException.class, () -> find(book, name, 0));

        assertEquals("private address", Objects.requireNonNull(refused.getCause()).getMessage());
    }

    private List<InetAddress> find(AddressBook book, String host, long nowNs) throws Exception {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        eventLoop.runOnContext(unused -> {
            Future<List<InetAddress>> addresses = book.find(host, nowNs);
            addresses.onSuccess(found::complete).onFailure(found::completeExceptionally);
        });
        return found.get(10, TimeUnit.SECONDS);
    }

    private Answer deliver(String uri, boolean allowPrivate) throws Exception {
        return OneDelivery.to(
                uri,
                eventLoop,
                Map.of("STROWGER_WEBHOOKS_ALLOWPRIVATEADDRESSES", Boolean.toString(allowPrivate)));
    }
}
