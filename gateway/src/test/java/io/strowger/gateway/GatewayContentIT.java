package io.strowger.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.strowger.gateway.shell.http.HttpLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests for recordings, with a plain HTTP server where the recording-service would be.
class GatewayContentIT {
    private static final int MEBIBYTE = 1 << 20;

    /// What arrived at the other end.
    private record Seen(String line, String host, String signature, String hop) {}

    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            seen.add(
                    new Seen(
                            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                            String.valueOf(headers.getFirst("Host")),
                            String.valueOf(headers.getFirst("Authorization")),
                            String.valueOf(headers.getFirst("X-Hop"))));
            exchange.getResponseHeaders().add("Content-Range", "bytes 0-1/2");
            switch (exchange.getRequestMethod()) {
                case "HEAD" -> {
                    exchange.getResponseHeaders().add("Content-Length", "5");
                    exchange.sendResponseHeaders(200, -1);
                }
                case "DELETE" -> {
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
                }
                default -> {
                    exchange.sendResponseHeaders(206, 30L * MEBIBYTE);
                    OutputStream body = exchange.getResponseBody();
                    for (int piece = 0; piece < 30; piece++) {
                        body.write(new byte[MEBIBYTE]);
                    }
                }
            }
        }
    }

    @Test
    void passesRequestsOnAsTheyCame(@TempDir Path directory) throws Exception {
        HttpServer other =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", this::answer);
        other.start();
        String url = "http://127.0.0.1:" + other.getAddress().getPort() + "/";
        try (RunningGateway gateway =
                gateway(directory, Map.of("STROWGER_RECORDINGS_CONTENTURL", url))) {
            int port = gateway.service.httpPort();

            String read =
                    RawConnection.exchange(
                            port,
                            "GET /v1/objects/a%20b/content/audio?x=%2F HTTP/1.1\r\n"
                                    + "Host: 127.0.0.1\r\nAuthorization: HMAC-SHA256 abc\r\n"
                                    + "X-Hop: 1\r\nConnection: close, X-Hop\r\n\r\n");
            Seen first = next();
            String head = RawConnection.exchange(port, plain("HEAD"));
            Seen second = next();
            String delete = RawConnection.exchange(port, plain("DELETE"));

            assertEquals(
                    new Seen(
                            "GET /v1/objects/a%20b/content/audio?x=%2F",
                            "127.0.0.1", "HMAC-SHA256 abc", "null"),
                    first);
            assertTrue(read.startsWith("HTTP/1.1 206"), read.substring(0, 200));
            assertTrue(
                    read.toLowerCase(java.util.Locale.ROOT).contains("content-range: bytes 0-1/2"));
            assertEquals(30 * MEBIBYTE, read.length() - read.indexOf("\r\n\r\n") - 4);
            assertEquals("files.example:8443", second.host());
            assertTrue(head.toLowerCase(java.util.Locale.ROOT).contains("content-length: 5"), head);
            assertTrue(delete.startsWith("HTTP/1.1 200"), delete);
            assertTrue(delete.endsWith("\r\n\r\n{}"), delete);

            other.stop(0);
            String away = RawConnection.exchange(port, plain("GET"));
            assertTrue(away.startsWith("HTTP/1.1 503"), away);
            assertTrue(away.contains("\"status\":503"), away);
        }
    }

    @Test
    void saysWhichSettingIsMissingAndRefusesWhatIsNotServed(@TempDir Path directory)
            throws Exception {
        try (RunningGateway gateway = gateway(directory, Map.of())) {
            int port = gateway.service.httpPort();

            String unknown = RawConnection.exchange(port, plain("GET"));
            String post = RawConnection.exchange(port, plain("POST"));
            String body =
                    RawConnection.exchange(
                            port,
                            "DELETE /v1/objects/a HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n"
                                    + "Connection: close\r\n\r\na");

            assertTrue(unknown.startsWith("HTTP/1.1 503"), unknown);
            assertTrue(unknown.contains("recordings.contentUrl"), unknown);
            assertTrue(post.startsWith("HTTP/1.1 405"), post);
            assertTrue(body.startsWith("HTTP/1.1 400"), body);
        }
    }

    private Seen next() throws InterruptedException {
        Seen one = seen.poll(10, TimeUnit.SECONDS);
        if (one == null) {
            throw new AssertionError("nothing arrived");
        }
        return one;
    }

    private static String plain(String method) {
        return method
                + " /v1/objects/a HTTP/1.1\r\nHost: files.example:8443\r\nConnection: close\r\n\r\n";
    }

    private static RunningGateway gateway(Path directory, Map<String, String> settings)
            throws Exception {
        return new RunningGateway(directory, settings, HttpLimits.usual(MEBIBYTE));
    }
}
