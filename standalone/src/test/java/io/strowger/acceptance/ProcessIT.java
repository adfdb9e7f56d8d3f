package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneSettings;
import io.strowger.standalone.client.ApiClient;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.WebhookReceiver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands as processes of their own: what operators and scripts see.
class ProcessIT {
    private static final String VERSION = "?api-version=2026-03-12";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void upSaysReadyAndGoesOnWithItsDataAfterAKill(@TempDir Path folder) throws Exception {
        try (Phone phone = Phone.start(PhoneSettings.listening("127.0.0.1", 0));
                WebhookReceiver receiver = WebhookReceiver.start()) {
            Map<String, String> environment =
                    Stage.environment(
                            folder.resolve("data"), Map.of("+1", phone.address()), Map.of());
            String call;
            String key;
            try (Command up = Command.start(environment, "up")) {
                Connected first = connect(up);
                key = first.key;
                call = create(first.api, receiver.uri("/before"));
                receiver.awaitBody("CallConnected", Stage.SOON);
                assertEquals(200, get(first.endpoint + "health/ready").statusCode());
                assertTrue(
                        get(first.endpoint + "metrics").body().contains("strowger_calls_active"));
                first.api.send("POST", call + ":terminate" + VERSION, "", Map.of());
                receiver.awaitBody("CallDisconnected", Stage.SOON);

                up.kill();
            }

            try (Command up = Command.start(environment, "up")) {
                Connected second = connect(up);

                HttpResponse<String> known = second.api.send("GET", call + VERSION, "", Map.of());
                create(second.api, receiver.uri("/after"));

                assertEquals(key, second.key, "the access key is another one");
                assertEquals(200, known.statusCode(), known.body());
                assertTrue(known.body().contains("\"disconnected\""), known.body());
                Eventually.holds(
                        "the call after the kill is connected",
                        Stage.SOON,
                        () ->
                                receiver.requests().stream()
                                        .anyMatch(request ->
                                                request.uri().getPath().equals("/after")
                                                        && request.body()
                                                                .contains("CallConnected")));
                assertEquals(0, up.terminate(Duration.ofSeconds(15)));
            }
        }
    }

    @Test
    void servicesRunAloneBesideABroker(@TempDir Path folder) throws Exception {
        Map<String, String> environment =
                Stage.environment(folder.resolve("data"), Map.of(), Map.of());
        try (Command broker = Command.start(environment, "broker")) {
            broker.awaitLine("READY");
            try (Command gateway = Command.start(environment, "gateway");
                    Command recording = Command.start(environment, "recording-service")) {
                for (Command service : List.of(gateway, recording)) {
                    service.awaitLine("STARTED");
                    String health =
                            service.awaitLine("health").replaceAll(".*(http://.*)", "$1").strip();
                    Eventually.holds(
                            "ready", Duration.ofSeconds(60), () -> get(health).statusCode() == 200);
                    assertEquals(0, service.terminate(Duration.ofSeconds(15)));
                }
            }
            assertEquals(0, broker.terminate(Duration.ofSeconds(15)));
        }
    }

    @Test
    void theLogTellsOfNoCallsBeforeThereAreAny(@TempDir Path folder) throws Exception {
        Map<String, String> environment =
                Stage.environment(
                        folder.resolve("data"), Map.of(), Map.of("STROWGER_LOG_LEVEL", "INFO"));
        try (Command up = Command.start(environment, "up")) {
            up.awaitLine("READY");
            assertEquals(0, up.terminate(Duration.ofSeconds(15)));
            List<String> lines = up.awaitEnd(Duration.ofSeconds(5));

            assertTrue(lines.stream().anyMatch(line -> line.contains("media worker started")));
            assertEquals(
                    List.of(), lines.stream().filter(line -> line.contains("sipCallId")).toList());
        }
    }

    @Test
    void demoShowsACallAndLeavesNothingRunning() throws Exception {
        try (Command demo = Command.start(Map.of(), "demo")) {
            List<String> lines = demo.awaitEnd(Duration.ofSeconds(150));

            assertEquals(0, demo.exitCode(), () -> String.join("\n", lines));
            for (String event :
                    List.of(
                            "CallConnected",
                            "RecognizeCompleted",
                            "PlayCompleted",
                            "CallDisconnected")) {
                assertTrue(
                        lines.stream()
                                .anyMatch(
                                        line -> line.contains("Microsoft.Communication." + event)),
                        () -> event + " is missing:\n" + String.join("\n", lines));
            }
        }
    }

    @Test
    void aMistakeInTheSettingsIsSaidInOneLine() throws Exception {
        try (Command up = Command.start(Map.of("STROWGER_HTTP_PROT", "1"), "up")) {
            List<String> lines = up.awaitEnd(Duration.ofSeconds(60));

            assertEquals(1, up.exitCode());
            assertTrue(
                    lines.stream().anyMatch(line -> line.contains("did you mean http.port")),
                    () -> String.join("\n", lines));
            assertFalse(lines.stream().anyMatch(line -> line.contains("Exception")));
        }
    }

    @Test
    void doctorFindsATakenPort(@TempDir Path folder) throws Exception {
        try (WebhookReceiver taken = WebhookReceiver.start();
                Command doctor =
                        Command.start(
                                Map.of(
                                        "STROWGER_DATADIR", folder.toString(),
                                        "STROWGER_HTTP_HOST", "127.0.0.1",
                                        "STROWGER_HTTP_PORT", Integer.toString(taken.port())),
                                "doctor")) {
            List<String> lines = doctor.awaitEnd(Duration.ofSeconds(60));

            assertEquals(1, doctor.exitCode());
            assertTrue(
                    lines.stream()
                            .anyMatch(
                                    line -> line.startsWith("FAIL") && line.contains("http.port")),
                    () -> String.join("\n", lines));
        }
    }

    private record Connected(String endpoint, String key, ApiClient api) {}

    private static Connected connect(Command up) throws InterruptedException {
        up.awaitLine("READY");
        String line = up.awaitLine("connection string");
        String endpoint = line.replaceAll(".*endpoint=([^;]+);.*", "$1");
        String key = line.replaceAll(".*accesskey=", "").strip();
        return new Connected(
                endpoint,
                key,
                new ApiClient(
                        URI.create(endpoint),
                        Base64.getDecoder().decode(key),
                        HTTP,
                        InstantSource.system()));
    }

    private static String create(ApiClient api, URI callback) throws Exception {
        HttpResponse<String> created =
                api.send(
                        "POST",
                        "/calling/callConnections" + VERSION,
                        """
                        {"targets":[{"rawId":"4:+15550100001"}],"callbackUri":"%s",
                         "sourceCallerIdNumber":{"value":"+15550100000"}}\
                        """
                                .formatted(callback),
                        Map.of());
        assertEquals(201, created.statusCode(), created.body());
        JsonNode json = JSON.readTree(created.body());
        return "/calling/callConnections/" + json.path("callConnectionId").asText();
    }

    private static HttpResponse<String> get(String uri) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
