package io.strowger.worker.shell.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.runtime.net.OutsideAddresses;
import io.strowger.testsupport.MovingNames;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against servers that say exactly what a test wants, however wrong.
class HttpFetchTest {
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private final HttpFetch fetch = new HttpFetch(addresses(true), PATIENCE, 1000);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ServerSocket server;

    private interface Answer {
        void to(OutputStream out) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    private HttpFetch.Result get(String answer) {
        return get(out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private HttpFetch.Result get(Answer answer) {
        threads.submit(() -> {
            while (true) {
                try (Socket socket = server.accept()) {
                    byte[] request = new byte[4096];
                    assertTrue(socket.getInputStream().read(request) > 0);
                    answer.to(socket.getOutputStream());
                }
            }
        });
        return fetch.get(uri("/p"));
    }

    private static String reason(HttpFetch.Result result) {
        return assertInstanceOf(HttpFetch.Result.Failed.class, result).reason();
    }

    private static String text(HttpFetch.Result result) {
        return new String(
                assertInstanceOf(HttpFetch.Result.Body.class, result).bytes(),
                StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more",
                "HTTP/1.0 200\r\n\r\nhello",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3;x=y\nhel\n2\nlo\n0\n\n",
                "HTTP/1.1 200 OK\r\nTRANSFER-ENCODING: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
            })
    void readsABodyHoweverItIsFramed(String answer) {
        assertEquals("hello", text(get(answer)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello",
                "HTTP/1.1 404 Not Found\r\n\r\n",
                "HTTP/1.1 302 Found\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: gopher://127.0.0.1/\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: http:///nowhere\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: %%%\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n"
            })
    void whatIsNoAnswerFailsWithAReason(String answer) {
        assertTrue(reason(get(answer)).length() > 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n"
            })
    void stopsAtTheBoundBeforeItReads(String answer) {
        assertInstanceOf(HttpFetch.Result.TooLarge.class, get(answer));
    }

    @Test
    void aBodyWithoutEndIsReadNoFurtherThanTheBound() {
        HttpFetch.Result result =
                get(out -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    while (true) {
                        out.write(new byte[512]);
                    }
                });

        assertInstanceOf(HttpFetch.Result.TooLarge.class, result);
    }

    @Test
    void headersWithoutEndAreRefused() {
        HttpFetch.Result result =
                get(out -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
                    while (true) {
                        out.write("X: y\r\n".getBytes(StandardCharsets.UTF_8));
                    }
                });

        assertEquals("could not be fetched: more than 100 headers", reason(result));
    }

    @Test
    void aHeaderThatTricklesDoesNotMoveTheDeadline() {
        long beganNs = System.nanoTime();

        HttpFetch.Result result =
                get(out -> {
                    while (true) {
                        out.write('H');
                        LockSupport.parkNanos(50_000_000);
                    }
                });

        assertEquals("not fetched within 800 ms", reason(result));
        assertTrue(System.nanoTime() - beganNs < 4 * PATIENCE.toNanos());
    }

    @Test
    void addressesThatAreNotHttpAreNotTried() {
        for (String uri : new String[] {"ftp://127.0.0.1/a", "http:/a", "httpx://127.0.0.1/a"}) {
            assertEquals(
                    "this leads to no http or https address", reason(fetch.get(URI.create(uri))));
        }
    }

    @Test
    void nobodyListeningIsAReason() throws IOException {
        server.close();

        assertTrue(reason(fetch.get(uri("/p"))).startsWith("could not be fetched"));
    }

    @Test
    void thePrivateNetworkIsRefused() {
        HttpFetch guarded = new HttpFetch(addresses(false), PATIENCE, 1000);

        assertTrue(reason(guarded.get(uri("/p"))).contains("private address"));
    }

    @ParameterizedTest
    @MethodSource("io.strowger.testsupport.PrivateSpellings#all")
    @ValueSource(strings = "metadata.moves.test")
    void noSpellingLeadsIntoThePrivateNetwork(String host) throws Exception {
        MovingNames.name("metadata", "169.254.169.254");
        HttpFetch guarded = new HttpFetch(addresses(false), PATIENCE, 1000);
        server.setSoTimeout(100);

        HttpFetch.Result result =
                guarded.get(URI.create("http://" + host + ":" + server.getLocalPort() + "/p"));

        assertFalse(reason(result).isEmpty());
        assertThrows(
                java.net.SocketTimeoutException.class,
                () -> server.accept().close(),
                "it connected to " + host);
    }

    @Test
    void aNameIsLookedUpOnceAndConnectedToWhereItWas() {
        String name = MovingNames.name("moved", "127.0.0.1", "127.0.0.99");
        get(out -> out.write("HTTP/1.1 200 OK\r\n\r\nhere".getBytes(StandardCharsets.UTF_8)));

        HttpFetch.Result result =
                fetch.get(URI.create("http://" + name + ":" + server.getLocalPort() + "/p"));

        assertInstanceOf(HttpFetch.Result.Body.class, result);
        assertEquals(1, MovingNames.left(name), "looked up again before it connected");
    }

    @Test
    void aNameWithOnePrivateAddressAmongPublicOnesIsRefused() {
        String name = MovingNames.name("mixed", "192.0.32.8,127.0.0.1");
        HttpFetch guarded = new HttpFetch(addresses(false), PATIENCE, 1000);

        HttpFetch.Result result =
                guarded.get(URI.create("http://" + name + ":" + server.getLocalPort() + "/p"));

        assertTrue(reason(result).contains("private address"));
    }

    @Test
    void aRedirectIsLookedUpAndJudgedAnew() {
        String name = MovingNames.name("hops", "127.0.0.1", "127.0.0.99");
        get("HTTP/1.1 302 Found\r\nLocation: http://" + name + ":1/\r\n\r\n");

        HttpFetch.Result result =
                fetch.get(URI.create("http://" + name + ":" + server.getLocalPort() + "/p"));

        assertEquals(0, MovingNames.left(name), "the second hop went where the first did");
        assertFalse(reason(result).isEmpty());
    }

    private static OutsideAddresses addresses(boolean allowPrivate) {
        return new OutsideAddresses(allowPrivate, "media.allowPrivateAddresses");
    }
}
