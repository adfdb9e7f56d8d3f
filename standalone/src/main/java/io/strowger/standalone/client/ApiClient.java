package io.strowger.standalone.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Sends requests as an application does, each signed with an access key (HMAC-SHA256). Blocking;
/// safe for use by many threads.
public final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final URI endpoint;
    private final SecretKeySpec key;
    private final HttpClient http;
    private final InstantSource clock;

    /// @param endpoint as in a connection string, e.g. `http://127.0.0.1:8080/`
    /// @param key the raw bytes of an access key
    public ApiClient(URI endpoint, byte[] key, HttpClient http, InstantSource clock) {
        this.endpoint = endpoint;
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.http = http;
        this.clock = clock;
    }

    /// Headers of a request that may be sent again without a second effect. For one request.
    public Map<String, String> repeatable() {
        return Map.of(
                "Repeatability-Request-ID",
                UUID.randomUUID().toString(),
                "Repeatability-First-Sent",
                httpDate());
    }

    private String httpDate() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.instant().atOffset(ZoneOffset.UTC));
    }

    /// @param pathAndQuery as it is sent, with its leading slash and `api-version`
    /// @param body JSON; empty: none
    /// @param headers further ones
    public HttpResponse<String> send(
            String method, String pathAndQuery, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send(method, pathAndQuery, body, headers, BodyHandlers.ofString());
    }

    /// The same for answers that are no text.
    public <T> HttpResponse<T> send(
            String method,
            String pathAndQuery,
            String body,
            Map<String, String> headers,
            BodyHandler<T> answer)
            throws IOException, InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String hash = Base64.getEncoder().encodeToString(sha256(bytes));
        String date = httpDate();
        String host = endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
        String signed = method + "\n" + pathAndQuery + "\n" + date + ";" + host + ";" + hash;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint.resolve(pathAndQuery))
                        .method(
                                method,
                                bytes.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(bytes))
                        .timeout(PATIENCE)
                        .header("x-ms-date", date)
                        .header("x-ms-content-sha256", hash)
                        .header(
                                "Authorization",
                                "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256"
                                        + "&Signature="
                                        + mac(signed));
        if (bytes.length > 0) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return http.send(request.build(), answer);
    }

    private String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
