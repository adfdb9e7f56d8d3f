package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.media.tone.Tones;
import io.strowger.media.wav.WavWriter;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.standalone.client.ApiClient;
import io.strowger.standalone.platform.AllInOne;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.PromptServer;
import io.strowger.testsupport.WebhookReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The platform with an application beside it. Numbers that begin with `+1` go to the phone whose
/// address was given last, so tests of one stage run one after another.
public final class Stage implements AutoCloseable {
    public static final Duration SOON = Duration.ofSeconds(15);
    public static final String V2026 = "?api-version=2026-03-12";
    public static final String V2021 = "?api-version=2021-08-30-preview";
    public static final String NUMBER = "+15550100001";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE_PREFIX = "Microsoft.Communication.";
    private final AutoCloseable running;
    private final @Nullable AllInOne platform;
    private final ApiClient api;
    public final WebhookReceiver receiver;
    public final PromptServer prompts = PromptServer.start();

    private Stage(AllInOne platform, WebhookReceiver receiver) throws IOException {
        this.platform = platform;
        this.running = platform;
        this.receiver = receiver;
        this.api = client(platform.endpoint(), platform.accessKey());
    }

    /// A platform that runs elsewhere.
    ///
    /// @param running closed with the stage
    Stage(URI endpoint, byte[] accessKey, AutoCloseable running) throws IOException {
        this(running, endpoint, accessKey, WebhookReceiver.start());
    }

    /// Beside a platform in parts.
    ///
    /// @param running closed with the stage
    Stage(AutoCloseable running, URI endpoint, byte[] accessKey, WebhookReceiver receiver)
            throws IOException {
        this.running = running;
        this.platform = null;
        this.receiver = receiver;
        this.api = client(endpoint, accessKey);
    }

    private static ApiClient client(URI endpoint, byte[] accessKey) {
        return new ApiClient(
                endpoint, accessKey, HttpClient.newHttpClient(), InstantSource.system());
    }

    /// @param phones name of a number prefix to the SIP address behind it
    /// @param further settings as environment variables
    static Stage open(Path data, Map<String, String> phones, Map<String, String> further)
            throws Exception {
        return open(data, phones, further, WebhookReceiver.start());
    }

    /// @param receiver where the settings say that the application is
    static Stage open(
            Path data,
            Map<String, String> phones,
            Map<String, String> further,
            WebhookReceiver receiver)
            throws Exception {
        Settings settings = SettingsLoader.load(null, environment(data, phones, further));
        AllInOne platform = AllInOne.start(settings);
        if (!platform.awaitReady(Duration.ofSeconds(120))) {
            platform.close();
            receiver.close();
            throw new AssertionError("the platform was not ready in time");
        }
        return new Stage(platform, receiver);
    }

    static Map<String, String> environment(
            Path data, Map<String, String> phones, Map<String, String> further) {
        List<String> trunks = new ArrayList<>();
        phones.forEach((prefix, address) ->
                trunks.add(
                        "{name: \"to "
                                + prefix
                                + "\", uri: \"sip:"
                                + address
                                + "\", prefixes: [\""
                                + prefix
                                + "\"]}"));
        Map<String, String> environment = new HashMap<>();
        environment.put("STROWGER_DATADIR", data.toString());
        environment.put("STROWGER_KAFKA_PARTITIONS", "4");
        environment.put("STROWGER_HTTP_HOST", "127.0.0.1");
        environment.put("STROWGER_HTTP_PORT", "0");
        environment.put("STROWGER_HTTP_TLS_PORT", "0");
        environment.put("STROWGER_SIP_HOST", "127.0.0.1");
        environment.put("STROWGER_SIP_PORT", "0");
        environment.put("STROWGER_OPS_PORT", "0");
        environment.put("STROWGER_MEDIA_ALLOWPRIVATEADDRESSES", "true");
        environment.put("STROWGER_MEDIA_TIMEOUTS_DRAIN", "1s");
        environment.put("STROWGER_WEBHOOKS_ALLOWPRIVATEADDRESSES", "true");
        environment.put("STROWGER_TRUNKS", "[" + String.join(", ", trunks) + "]");
        environment.put("STROWGER_LOG_LEVEL", "WARN");
        environment.put("STROWGER_LOG_FORMAT", "text");
        environment.putAll(further);
        return environment;
    }

    /// The platform in this process.
    public AllInOne platform() {
        return Objects.requireNonNull(platform, "the platform runs elsewhere");
    }

    /// A prompt of one tone.
    public URI tone(double frequencyHz, int durationMs) {
        return prompts.put(
                "tone-" + frequencyHz + "-" + durationMs + ".wav",
                WavWriter.write(Tones.sine(frequencyHz, durationMs, 8000), 8000));
    }

    HttpResponse<String> send(
            String method, String pathAndQuery, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return api.send(method, pathAndQuery, body, headers);
    }

    JsonNode request(String method, String pathAndQuery, String body, int expected)
            throws IOException, InterruptedException {
        return request(method, pathAndQuery, body, expected, Map.of());
    }

    /// @param headers further ones
    JsonNode request(
            String method,
            String pathAndQuery,
            String body,
            int expected,
            Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpResponse<String> response = send(method, pathAndQuery, body, headers);
        assertEquals(expected, response.statusCode(), () -> pathAndQuery + ": " + response.body());
        return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }

    /// Whatever the answer.
    HttpResponse<String> ask(
            String method, String pathAndQuery, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return api.send(method, pathAndQuery, body, headers);
    }

    /// The same, again until there is a worker for it.
    JsonNode requestOnceServed(String pathAndQuery, String body, int expected) throws Exception {
        List<HttpResponse<String>> last = new ArrayList<>();
        Eventually.holds(
                "a worker takes calls",
                SOON,
                () -> {
                    last.add(post(pathAndQuery, body));
                    return last.getLast().statusCode() != 503;
                });
        assertEquals(expected, last.getLast().statusCode(), () -> last.getLast().body());
        return JSON.readTree(last.getLast().body());
    }

    private HttpResponse<String> post(String pathAndQuery, String body) {
        try {
            return api.send("POST", pathAndQuery, body, Map.of());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Fetches something by its whole URL, signed.
    HttpResponse<byte[]> fetch(String method, String url, Map<String, String> headers)
            throws IOException, InterruptedException {
        return api.send(
                method, URI.create(url).getRawPath(), "", headers, BodyHandlers.ofByteArray());
    }

    /// Places a call of the current line.
    ///
    /// @return its callConnectionId
    String create(String number, String callbackPath) throws IOException, InterruptedException {
        return create(number, callbackPath, Map.of());
    }

    /// @param headers further ones
    String create(String number, String callbackPath, Map<String, String> headers)
            throws IOException, InterruptedException {
        return create(number, receiver.uri(callbackPath), headers);
    }

    /// For an application that is elsewhere.
    String create(String number, URI callback) throws IOException, InterruptedException {
        return create(number, callback, Map.of());
    }

    private String create(String number, URI callback, Map<String, String> headers)
            throws IOException, InterruptedException {
        return request(
                        "POST",
                        "/calling/callConnections" + V2026,
                        """
                        {"targets":[{"kind":"phoneNumber","phoneNumber":{"value":"%s"}}],
                         "sourceCallerIdNumber":{"value":"+15550100000"},"callbackUri":"%s"}\
                        """
                                .formatted(number, callback),
                        201,
                        headers)
                .path("callConnectionId")
                .asText();
    }

    /// Acts on a call of the current line, e.g. `:play`.
    JsonNode act(String connection, String action, String body, int expected)
            throws IOException, InterruptedException {
        return request(
                "POST", "/calling/callConnections/" + connection + action + V2026, body, expected);
    }

    JsonNode play(String connection, URI prompt, boolean loop)
            throws IOException, InterruptedException {
        return act(
                connection,
                ":play",
                """
                {"playSources":[{"kind":"file","file":{"uri":"%s"}}],
                 "playOptions":{"loop":%s},"operationContext":"play"}\
                """
                        .formatted(prompt, loop),
                202);
    }

    /// Events that came at that path of the receiver, in order of arrival.
    public List<JsonNode> events(String callbackPath) {
        return receiver.requests().stream()
                .filter(request -> request.uri().getPath().equals(callbackPath))
                .map(request -> parse(request.body()).get(0))
                .toList();
    }

    /// @return the `data` of the first event of that type in the schema of Event Grid
    public JsonNode awaitGridEvent(String path, String type, Predicate<JsonNode> which) {
        Predicate<JsonNode> wanted =
                event ->
                        event.path("eventType").asText().equals(TYPE_PREFIX + type)
                                && which.test(event);
        Eventually.holds(
                SOON,
                () -> events(path).stream().anyMatch(wanted),
                () -> type + "; so far " + events(path));
        return events(path).stream().filter(wanted).findFirst().orElseThrow().path("data");
    }

    /// The types without their prefix.
    List<String> types(String callbackPath) {
        return events(callbackPath).stream()
                .map(event -> event.path("type").asText().substring(TYPE_PREFIX.length()))
                .toList();
    }

    /// @return the `data` of the first event of that type
    JsonNode awaitEvent(String callbackPath, String type) {
        return awaitEvent(callbackPath, type, data -> true);
    }

    JsonNode awaitEvent(String callbackPath, String type, Predicate<JsonNode> which) {
        Predicate<JsonNode> wanted =
                event ->
                        event.path("type").asText().equals(TYPE_PREFIX + type)
                                && which.test(event.path("data"));
        Eventually.holds(
                SOON,
                () -> events(callbackPath).stream().anyMatch(wanted),
                () -> type + "; so far " + events(callbackPath));
        return events(callbackPath).stream().filter(wanted).findFirst().orElseThrow().path("data");
    }

    /// Asserts that what came at that path came as 1, 2, 3...
    void assertGapFree(String callbackPath) {
        List<Long> sequences =
                events(callbackPath).stream()
                        .map(event -> event.path("sequence").asLong())
                        .distinct()
                        .toList();
        for (int i = 0; i < sequences.size(); i++) {
            assertEquals(i + 1L, sequences.get(i), () -> "sequences " + sequences);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    @Override
    public void close() throws Exception {
        running.close();
        receiver.close();
        prompts.close();
    }
}
