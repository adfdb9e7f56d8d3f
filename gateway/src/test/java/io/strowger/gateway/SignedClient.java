package io.strowger.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Sends requests signed as the official clients sign them, written from the description of the
/// scheme and not from the verifier.
record SignedClient(String base, byte[] key, HttpClient http) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param body parsed; missing where there was none
    record Response(int status, JsonNode body, HttpResponse<String> raw) {
        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        String errorCode() {
            return body.path("error").path("code").asText();
        }

        String errorMessage() {
            return body.path("error").path("message").asText();
        }
    }

    SignedClient(String base, byte[] key) {
        this(base, key, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    SignedClient with(byte[] otherKey) {
        return new SignedClient(base, otherKey, http);
    }

    static String now() {
        return DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    static String ago(Duration duration) {
        return DATE.format(ZonedDateTime.now(ZoneOffset.UTC).minus(duration));
    }

    Response get(String target) {
        return send("GET", target, "", Map.of());
    }

    Response post(String target, String body) {
        return send("POST", target, body, Map.of());
    }

    Response send(String method, String target, String body, Map<String, String> headers) {
        return sending(method, target, body, headers).join();
    }

    CompletableFuture<Response> sending(
            String method, String target, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + target)).timeout(Duration.ofSeconds(20));
        signature(method, target, body).forEach(request::setHeader);
        headers.forEach(request::setHeader);
        request.method(
                method,
                body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(SignedClient::read);
    }

    Response unsigned(String target) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + target)).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(SignedClient::read)
                .join();
    }

    Map<String, String> signature(String method, String target, String body) {
        return signature(method, target, URI.create(base).getAuthority(), body, now());
    }

    Map<String, String> signature(
            String method, String target, String host, String body, String date) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(body.getBytes(StandardCharsets.UTF_8));
            String hash = Base64.getEncoder().encodeToString(digest);
            String text = method + "\n" + target + "\n" + date + ";" + host + ";" + hash;
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String signature =
                    Base64.getEncoder()
                            .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("x-ms-date", date);
            headers.put("x-ms-content-sha256", hash);
            headers.put(
                    "Authorization",
                    "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                            + signature);
            return headers;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Response read(HttpResponse<String> response) {
        try {
            return new Response(response.statusCode(), JSON.readTree(response.body()), response);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + response.body(), e);
        }
    }
}
