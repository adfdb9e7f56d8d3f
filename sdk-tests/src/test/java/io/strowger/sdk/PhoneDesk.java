package io.strowger.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.strowger.acceptance.PeopleStage;
import io.strowger.acceptance.Person;
import io.strowger.acceptance.Stage;
import io.strowger.media.tone.Tones;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneSettings;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.StreamReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// Lets an application in another process say what the people at the phones do, and ask what they
/// hear. Answers come when it is done or heard, or as 500 when it is not in time.
final class PhoneDesk implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOB = "8:acs:strowger_bob";
    private static final int WORD_MS = 500;
    private static final int LOUDNESS = 8000;
    private final PeopleStage people;
    private final StreamReceiver streams;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private PhoneDesk(PeopleStage people, StreamReceiver streams, HttpServer server) {
        this.people = people;
        this.streams = streams;
        this.server = server;
    }

    /// @param streams where the application has its streams go
    static PhoneDesk open(PeopleStage people, StreamReceiver streams) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        PhoneDesk desk = new PhoneDesk(people, streams, server);
        server.createContext("/", desk::take);
        server.setExecutor(desk.threads);
        server.start();
        return desk;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            String text;
            try {
                text =
                        act(
                                exchange.getRequestURI().getPath().substring(1),
                                fields(exchange.getRequestURI().getRawQuery()));
            } catch (Exception | AssertionError notSo) {
                status = 500;
                text = notSo.toString();
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String act(String what, Map<String, String> fields) throws Exception {
        return switch (what) {
            case "roster" -> roster();
            case "tone" ->
                    people.stage
                            .tone(
                                    Double.parseDouble(field(fields, "hz")),
                                    Integer.parseInt(field(fields, "ms")))
                            .toString();
            case "file" -> file(field(fields, "recordingId"));
            case "words" -> words(field(fields, "connection"), field(fields, "text"));
            case "missing" -> people.stage.prompts.uri("missing.wav").toString();
            default -> with(person(field(fields, "who")), what, fields);
        };
    }

    private String with(Person who, String what, Map<String, String> fields) throws Exception {
        switch (what) {
            case "calls" -> {
                return Integer.toString(who.phone.calls().size());
            }
            case "dials" -> {
                return dials(who);
            }
            case "isAnswered" -> who.awaitAnswered(Integer.parseInt(field(fields, "after")));
            case "hasEnded" ->
                    until(
                            () -> who.call().state() == PhoneCall.State.ENDED,
                            who.name + "'s call ends");
            case "press" -> who.call().press(field(fields, "keys"));
            case "says" ->
                    who.call()
                            .say(
                                    new PhoneSettings.Clip(
                                            Tones.sine(
                                                    Double.parseDouble(field(fields, "hz")),
                                                    WORD_MS,
                                                    LOUDNESS),
                                            false));
            case "hangsUp" -> who.call().hangUp();
            case "hears" -> who.awaitHears(Double.parseDouble(field(fields, "hz")));
            case "heardKeys" ->
                    until(
                            () -> who.call().keysHeard().endsWith(fields.get("keys")),
                            who.name + " heard only " + who.call().keysHeard());
            default -> throw new IllegalArgumentException("nobody can do this: " + what);
        }
        return "";
    }

    private static void until(BooleanSupplier condition, String what) {
        Eventually.holds(what, Stage.SOON, condition);
    }

    /// Calls the application's number.
    ///
    /// @return what the application is told of that call
    private String dials(Person who) throws Exception {
        int before = incoming().size();
        who.phone.call(
                "sip:"
                        + PeopleStage.APPLICATION
                        + "@127.0.0.1:"
                        + people.stage.platform().sipPort());
        until(() -> incoming().size() > before, "the application is told of a call");
        return JSON.writeValueAsString(incoming().getLast().path("data"));
    }

    private String file(String recording) throws IOException {
        return JSON.writeValueAsString(
                people.stage.awaitGridEvent(
                        PeopleStage.INCOMING,
                        "RecordingFileStatusUpdated",
                        event ->
                                event.path("subject")
                                        .asText()
                                        .endsWith("/recordingId/" + recording)));
    }

    private String words(String connection, String text) throws IOException {
        StreamReceiver.Session session =
                streams.sessions().stream()
                        .filter(one -> connection.equals(one.header("x-ms-call-connection-id")))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("nothing is streamed"));
        until(
                () ->
                        session.frames("TranscriptionData").stream()
                                .anyMatch(frame ->
                                        frame.path("transcriptionData")
                                                .path("text")
                                                .asText()
                                                .equals(text)),
                text);
        return JSON.writeValueAsString(session.frames().stream().map(JsonNode::toString).toList());
    }

    private List<JsonNode> incoming() {
        return people.stage.events(PeopleStage.INCOMING).stream()
                .filter(event -> event.path("eventType").asText().endsWith(".IncomingCall"))
                .toList();
    }

    private String roster() throws IOException {
        Map<String, Object> all = new HashMap<>();
        all.put("source", "+15550100000");
        all.put("application", PeopleStage.APPLICATION);
        all.put("ann", Map.of("number", PeopleStage.ANN, "hz", people.ann.toneHz));
        all.put("ben", Map.of("number", PeopleStage.BEN, "hz", people.ben.toneHz));
        all.put("cleo", Map.of("number", PeopleStage.CLEO, "hz", people.cleo.toneHz));
        all.put("bob", Map.of("user", BOB, "hz", people.bob.toneHz));
        all.put("busy", Map.of("number", PeopleStage.BUSY));
        all.put("deadContainer", SdkIT.DEAD_CONTAINER);
        all.put("away", Map.of("number", PeopleStage.AWAY));
        return JSON.writeValueAsString(all);
    }

    private Person person(String name) {
        return List.of(people.ann, people.ben, people.cleo, people.bob).stream()
                .filter(one -> one.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody is called " + name));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static Map<String, String> fields(String query) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int at = pair.indexOf('=');
            if (at > 0) {
                fields.put(
                        pair.substring(0, at),
                        URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
