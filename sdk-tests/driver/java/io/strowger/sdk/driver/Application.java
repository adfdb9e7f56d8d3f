package io.strowger.sdk.driver;

import com.azure.communication.callautomation.CallAutomationEventParser;
import com.azure.communication.callautomation.models.events.CallAutomationEventBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The application's callback server: every POST goes through the SDK's own parser.
final class Application implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final Report report;

    private Application(HttpServer server, Report report) {
        this.server = server;
        this.report = report;
    }

    static Application open(Report report) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        Application application = new Application(server, report);
        server.createContext("/", application::take);
        server.start();
        return application;
    }

    /// A place of its own for the events of one call.
    Mailbox mailbox(String name) {
        String path = "/" + name + "-" + mailboxes.size();
        Mailbox mailbox = new Mailbox("http://127.0.0.1:" + server.getAddress().getPort() + path);
        mailboxes.put(path, mailbox);
        return mailbox;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            JsonNode data = JSON.readTree(body).path(0).path("data");
            List<CallAutomationEventBase> events = CallAutomationEventParser.parseEvents(body);
            if (events.size() != 1) {
                report.failure("the parser saw " + events.size() + " events in " + body);
            }
            for (CallAutomationEventBase event : events) {
                report.parsed(event.getClass().getSimpleName(), data.path("version").asText());
                mailboxes.get(exchange.getRequestURI().getPath()).put(event);
            }
            exchange.sendResponseHeaders(200, -1);
        } catch (RuntimeException e) {
            report.failure("the parser: " + e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
