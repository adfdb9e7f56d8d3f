package io.strowger.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The calling application's web server: serves the prompts, takes the events.
final class DemoApp implements AutoCloseable {
    private static final String PREFIX = "Microsoft.Communication.";
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpServer server;
    private final Timeline timeline;
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final List<Long> sequences = new ArrayList<>();

    private DemoApp(HttpServer server, Timeline timeline) {
        this.server = server;
        this.timeline = timeline;
    }

    static DemoApp start(Timeline timeline) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        DemoApp app = new DemoApp(server, timeline);
        server.createContext("/events", app::take);
        server.createContext("/prompts/", DemoApp::prompt);
        server.start();
        return app;
    }

    String uri(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /// Waits for the event of that name; others on the way are passed over.
    ///
    /// @throws IllegalStateException when it does not come in time, or a failure comes instead
    JsonNode await(String name, Duration deadline) throws InterruptedException {
        long endNs = System.nanoTime() + deadline.toNanos();
        while (true) {
            JsonNode event = events.poll(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new IllegalStateException(
                        name + " did not come within " + deadline.toSeconds() + " s");
            }
            String type = event.path("type").asText().substring(PREFIX.length());
            if (type.equals(name)) {
                return event.path("data");
            }
            if (type.endsWith("Failed") || type.equals("CallDisconnected")) {
                throw new IllegalStateException(
                        type + " came instead of " + name + ": " + event.path("data"));
            }
        }
    }

    int eventCount() {
        synchronized (sequences) {
            return sequences.size();
        }
    }

    /// Whether the events came as 1, 2, 3...
    boolean cameInOrder() {
        synchronized (sequences) {
            for (int i = 0; i < sequences.size(); i++) {
                if (sequences.get(i) != i + 1) {
                    return false;
                }
            }
            return true;
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            for (JsonNode event : JSON.readTree(exchange.getRequestBody())) {
                timeline.line("event", describe(event));
                synchronized (sequences) {
                    sequences.add(event.path("sequence").asLong());
                }
                events.add(event);
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static String describe(JsonNode event) {
        JsonNode data = event.path("data");
        JsonNode result = data.path("resultInformation");
        StringBuilder text = new StringBuilder(event.path("type").asText());
        if (!result.isMissingNode()) {
            text.append("  ")
                    .append(result.path("code").asInt())
                    .append('/')
                    .append(result.path("subCode").asInt());
        }
        JsonNode tones = data.path("dtmfResult").path("tones");
        if (!tones.isMissingNode()) {
            text.append("  tones ").append(tones);
        }
        return text.toString();
    }

    private static void prompt(HttpExchange exchange) throws IOException {
        String file = exchange.getRequestURI().getPath().substring("/prompts/".length());
        try (exchange;
                @Nullable InputStream in = resource(file)) {
            if (in == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] audio = in.readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "audio/wav");
            exchange.sendResponseHeaders(200, audio.length);
            exchange.getResponseBody().write(audio);
        }
    }

    private static @Nullable InputStream resource(String file) {
        return file.matches("[a-z]+\\.wav")
                ? DemoApp.class.getResourceAsStream("/demo/" + file)
                : null;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
