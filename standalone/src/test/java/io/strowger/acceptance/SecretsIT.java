package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.phone.Phone;
import io.strowger.phone.PhoneListener;
import io.strowger.phone.PhoneSettings;
import io.strowger.standalone.client.ApiClient;
import io.strowger.testsupport.IdentityProvider;
import io.strowger.testsupport.WebhookReceiver;
import io.strowger.testsupport.WebhookReceiver.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every secret of the settings is marked; the platform works and fails with each, logging all it
/// can; then nothing that it wrote or answered has a mark.
class SecretsIT {
    private static final String VERSION = "?api-version=2026-03-12";
    private static final String MARK = "TOPSECRET";
    private static final String ACCESS_KEY = MARK + "-access-key-0123456789abcdef";
    private static final String SIGNING_KEY = MARK + "-signing-key-0123456789abcdef";
    private static final String PHONE = MARK + "-phone";
    private static final String QUERY = "?token=" + MARK + "-query";

    @Test
    void noSecretIsInAnyLogLineOrAnswer(@TempDir Path folder) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<String> answers = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        List<String> lines;
        try (IdentityProvider provider = IdentityProvider.start(0);
                Phone callee = Phone.start(PhoneSettings.listening("127.0.0.1", 0));
                WebhookReceiver receiver = WebhookReceiver.start()) {
            receiver.answer(request -> Answer.status(asked.incrementAndGet() == 1 ? 500 : 200));
            Map<String, String> environment =
                    Stage.environment(
                            folder.resolve("data"),
                            Map.of("+1", callee.address()),
                            secrets(callee.address(), provider));
            tokens.add(provider.token());
            tokens.add(provider.token(claims -> claims.audience("another")));
            try (Command up = Command.start(environment, "up")) {
                up.awaitLine("READY");
                URI endpoint =
                        URI.create(
                                up.awaitLine("connection string")
                                        .replaceAll(".*endpoint=([^;]+);.*", "$1"));
                String sip = up.awaitLine("SIP").replaceAll(".*?([0-9.]+:[0-9]+).*", "$1");
                register(sip);
                ApiClient right = client(endpoint, ACCESS_KEY);
                answers.add(call(right, receiver.uri("/events" + QUERY)));
                answers.add(call(client(endpoint, "another-" + ACCESS_KEY), receiver.uri("/")));
                answers.add(call(right, URI.create("ftp://" + MARK + "-user@127.0.0.1/")));
                assertEquals(List.of(404, 401), statuses(endpoint, tokens));
                answers.add(play(right, answers.getFirst(), receiver));
                receiver.awaitBody("PlayFailed", Stage.SOON);
                assertEquals(0, up.terminate(Duration.ofSeconds(15)));
                lines = up.awaitEnd(Duration.ofSeconds(5));
            }
        }

        List<String> leaks =
                lines.stream()
                        .filter(line -> !isMeantForTheOperator(line))
                        .filter(SecretsIT::leaks)
                        .toList();
        assertEquals(List.of(), leaks);
        assertEquals(List.of(), answers.stream().filter(SecretsIT::leaksKey).toList());
        for (String token : tokens) {
            for (String part : token.split("\\.")) {
                assertTrue(lines.stream().noneMatch(line -> line.contains(part)), "a token leaks");
            }
        }
        assertTrue(lines.stream().anyMatch(line -> line.contains("webhook attempt")), "no logs");
    }

    /// Of a call that there is not, asked for with each token.
    private static List<Integer> statuses(URI endpoint, List<String> tokens) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (String token : tokens) {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    endpoint.resolve("/calling/callConnections/none" + VERSION))
                            .header("Authorization", "Bearer " + token)
                            .build();
            statuses.add(
                    HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode());
        }
        return statuses;
    }

    private static Map<String, String> secrets(String trunk, IdentityProvider provider) {
        Map<String, String> secrets = new HashMap<>();
        secrets.put("STROWGER_LOG_LEVEL", "DEBUG");
        secrets.put("STROWGER_LOG_FORMAT", "json");
        secrets.put("STROWGER_AUTH_JWT_JWKS", provider.keys().toString());
        secrets.put("STROWGER_AUTH_JWT_ISSUERS", "[\"" + IdentityProvider.ISSUER + "\"]");
        secrets.put("STROWGER_AUTH_JWT_AUDIENCES", "[\"" + IdentityProvider.AUDIENCE + "\"]");
        secrets.put("STROWGER_ACCESSKEYS", "[\"" + base64(ACCESS_KEY) + "\"]");
        secrets.put("STROWGER_WEBHOOKS_SIGNINGSECRET", "whsec_" + base64(SIGNING_KEY));
        secrets.put(
                "STROWGER_USERS",
                "[{id: \"8:acs:ann\", sipUsername: ann, password: " + PHONE + "}]");
        secrets.put(
                "STROWGER_TRUNKS",
                "[{name: main, uri: \"sip:"
                        + trunk
                        + "\", prefixes: [\"+1\"], username: us, password: "
                        + MARK
                        + "-trunk}]");
        secrets.put("STROWGER_RECORDINGS_S3_ACCESSKEYID", "us");
        secrets.put("STROWGER_RECORDINGS_S3_SECRETACCESSKEY", MARK + "-s3");
        secrets.put("STROWGER_KAFKA_CLIENT", "{ssl.key.password: " + MARK + "-kafka}");
        return secrets;
    }

    /// Both with the right and with a wrong password.
    private static void register(String sip) throws Exception {
        assertEquals(200, registered(sip, PHONE));
        assertEquals(403, registered(sip, PHONE + "-wrong"));
    }

    private static int registered(String sip, String password) throws Exception {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        PhoneSettings phone =
                PhoneSettings.listening("127.0.0.1", 0)
                        .withAccount(
                                new PhoneSettings.Account(
                                        sip, "ann", password, Duration.ofMinutes(5)));
        PhoneListener listener =
                new PhoneListener() {
                    @Override
                    public void registered(int answer) {
                        status.complete(answer);
                    }
                };
        try (Phone started = Phone.start(phone, listener)) {
            return status.get(Stage.SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static String call(ApiClient api, URI callback) throws Exception {
        return api.send(
                        "POST",
                        "/calling/callConnections" + VERSION,
                        """
                        {"targets":[{"rawId":"4:+15550100001"}],"callbackUri":"%s",
                         "sourceCallerIdNumber":{"value":"+15550100000"}}\
                        """
                                .formatted(callback),
                        Map.of())
                .body();
    }

    /// A prompt that is not there.
    private static String play(ApiClient api, String created, WebhookReceiver receiver)
            throws Exception {
        String id = created.replaceAll("(?s).*\"callConnectionId\":\"([^\"]+)\".*", "$1");
        receiver.awaitBody("CallConnected", Stage.SOON);
        HttpResponse<String> response =
                api.send(
                        "POST",
                        "/calling/callConnections/" + id + ":play" + VERSION,
                        "{\"playSources\":[{\"kind\":\"file\",\"file\":{\"uri\":\"http://127.0.0.1:1/a.wav"
                                + QUERY
                                + "\"}}]}",
                        Map.of());
        assertEquals(202, response.statusCode(), response.body());
        return response.body();
    }

    private static ApiClient client(URI endpoint, String key) {
        return new ApiClient(
                endpoint,
                key.getBytes(StandardCharsets.UTF_8),
                HttpClient.newHttpClient(),
                InstantSource.system());
    }

    /// `up` tells who started it how to connect.
    private static boolean isMeantForTheOperator(String line) {
        return line.startsWith("connection string") || line.strip().startsWith("by https");
    }

    private static boolean leaks(String text) {
        return text.contains(MARK) || leaksKey(text);
    }

    /// An answer may say again what the caller sent, but no secret of the installation.
    private static boolean leaksKey(String text) {
        return text.contains(ACCESS_KEY)
                || text.contains(base64(ACCESS_KEY))
                || text.contains(SIGNING_KEY)
                || text.contains(base64(SIGNING_KEY))
                || text.contains(PHONE);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
