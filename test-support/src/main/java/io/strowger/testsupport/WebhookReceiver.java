package io.strowger.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/// An application's callback server on loopback: keeps every request it gets, answers as told.
public final class WebhookReceiver implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Answer> behaviour = request -> Answer.status(200);

    /// A request as it came.
    ///
    /// @param headers names in lower case, the first value of each
    public record Request(
            String method, URI uri, Map<String, String> headers, String body, Instant at) {}

    /// What the receiver answers.
    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer status(int status) {
            return new Answer(status, Map.of(), "");
        }
    }

    private WebhookReceiver(HttpServer server) {
        this.server = server;
    }

    public static WebhookReceiver start() throws IOException {
        return start(0);
    }

    /// @param port 0: any free one; set to come back where an earlier receiver was
    public static WebhookReceiver start(int port) throws IOException {
        return start(HttpServer.create(here(port), BACKLOG));
    }

    /// At `https://localhost:` and its port.
    ///
    /// @param tls with the certificate that it shows
    public static WebhookReceiver secure(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(here(0), BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return start(server);
    }

    private static InetSocketAddress here(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static WebhookReceiver start(HttpServer server) {
        WebhookReceiver receiver = new WebhookReceiver(server);
        server.createContext("/", receiver::take);
        server.setExecutor(receiver.executor);
        server.start();
        return receiver;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// @param pathAndQuery with its leading slash
    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
    }

    /// From now on requests are answered so; the function runs on the request's own thread and may
    /// block.
    public void answer(Function<Request, Answer> next) {
        behaviour = next;
    }

    /// All requests so far, in order of arrival.
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /// Waits until at least `count` requests have come.
    public List<Request> awaitRequests(int count, Duration within) {
        Eventually.holds(
                within,
                () -> requests.size() >= count,
                () -> count + " requests; there are " + requests.size());
        return requests();
    }

    /// Waits for a request whose body contains `text`.
    public Request awaitBody(String text, Duration within) {
        Eventually.holds(
                within,
                () -> requests.stream().anyMatch(request -> request.body().contains(text)),
                () -> "a request with " + text + "; bodies so far: " + bodies());
        return requests.stream()
                .filter(request -> request.body().contains(text))
                .findFirst()
                .orElseThrow();
    }

    private List<String> bodies() {
        return requests.stream().map(Request::body).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
            Request request =
                    new Request(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            headers,
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8),
                            Instant.now());
            requests.add(request);
            Answer answer = behaviour.apply(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
