package io.strowger.examples.calls;

import com.azure.communication.callautomation.CallAutomationEventParser;
import com.azure.communication.callautomation.models.events.CallAutomationEventBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// The application's web server: events of calls, and of Event Grid. An event is accepted first and
/// acted upon then, one after another; what goes wrong ends the application.
final class Callbacks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ExecutorService actor = Executors.newSingleThreadExecutor();
    private final Consumer<CallAutomationEventBase> onCallEvent;
    private final Consumer<JsonNode> onGridEvent;

    private Callbacks(
            Consumer<CallAutomationEventBase> onCallEvent, Consumer<JsonNode> onGridEvent) {
        this.onCallEvent = onCallEvent;
        this.onGridEvent = onGridEvent;
    }

    /// @param onCallEvent gets each event of a call, parsed
    /// @param onGridEvent gets what applications are told beside their calls: that somebody calls,
    ///   that a file is made
    static void listen(
            int port,
            Consumer<CallAutomationEventBase> onCallEvent,
            Consumer<JsonNode> onGridEvent)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 16);
        server.createContext("/", new Callbacks(onCallEvent, onGridEvent)::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = {};
            for (JsonNode event : JSON.readTree(body)) {
                String type = event.path("eventType").asText();
                if (type.equals("Microsoft.EventGrid.SubscriptionValidationEvent")) {
                    String code = event.path("data").path("validationCode").asText();
                    answer = JSON.writeValueAsBytes(Map.of("validationResponse", code));
                } else if (!type.isEmpty()) {
                    act(() -> onGridEvent.accept(event));
                }
            }
            if (body.contains("\"specversion\"")) {
                CallAutomationEventParser.parseEvents(body)
                        .forEach(event -> act(() -> onCallEvent.accept(event)));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private void act(Runnable act) {
        actor.execute(() -> {
            try {
                act.run();
            } catch (RuntimeException e) {
                e.printStackTrace();
                System.exit(1);
            }
        });
    }
}
