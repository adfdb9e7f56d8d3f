package io.strowger.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.strowger.media.tone.Tones;
import io.strowger.media.wav.WavWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// The calling application's web server: takes events, keeps them by the path they came at, and
/// serves prompts of one tone. Its methods may be called from any thread.
final class Application implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TONES = "/tones/";
    private final HttpServer server;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    /// An event as it was delivered, once or again.
    ///
    /// @param type without its prefix
    record Event(String path, String type, String id, long sequence, JsonNode data) {}

    private Application(HttpServer server) {
        this.server = server;
    }

    static Application start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        Application application = new Application(server);
        server.createContext("/", application::take);
        server.createContext(TONES, Application::tone);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return application;
    }

    String uri(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    String toneUri(int frequencyHz, int durationMs) {
        return uri(TONES + frequencyHz + "/" + durationMs);
    }

    List<Event> at(String path) {
        return events.stream().filter(event -> event.path.equals(path)).toList();
    }

    boolean has(String path, String type) {
        return has(path, event -> event.type.equals(type));
    }

    boolean has(String path, Predicate<Event> which) {
        return events.stream().anyMatch(event -> event.path.equals(path) && which.test(event));
    }

    /// Deliveries beyond the first of each event at that path.
    int doubled(String path) {
        List<Event> there = at(path);
        return there.size() - (int) there.stream().map(Event::sequence).distinct().count();
    }

    /// Numbers that are missing below the highest one at that path.
    int lost(String path) {
        List<Long> numbers = at(path).stream().map(Event::sequence).distinct().toList();
        return (int) (numbers.stream().mapToLong(Long::longValue).max().orElse(0) - numbers.size());
    }

    private void take(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] answer = new byte[0];
        for (JsonNode event : JSON.readTree(exchange.getRequestBody())) {
            JsonNode code = event.path("data").path("validationCode");
            if (code.isTextual()) {
                answer =
                        ("{\"validationResponse\":\"" + code.asText() + "\"}")
                                .getBytes(StandardCharsets.UTF_8);
            }
            String type = event.path("type").asText(event.path("eventType").asText());
            events.add(
                    new Event(
                            path,
                            type.substring(type.lastIndexOf('.') + 1),
                            event.path("id").asText(),
                            event.path("sequence").asLong(),
                            event.path("data")));
        }
        answer(exchange, answer, "application/json");
    }

    private static void tone(HttpExchange exchange) throws IOException {
        String[] numbers =
                exchange.getRequestURI().getPath().substring(TONES.length()).split("/", 2);
        byte[] audio =
                WavWriter.write(
                        Tones.sine(
                                Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), 8000),
                        Tones.SAMPLE_RATE);
        answer(exchange, audio, "audio/wav");
    }

    private static void answer(HttpExchange exchange, byte[] body, String type) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
