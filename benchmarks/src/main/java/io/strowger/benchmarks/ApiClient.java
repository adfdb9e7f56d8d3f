package io.strowger.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An application: signs each request with an access key (HMAC-SHA256) and sends it on kept-alive
/// connections.
final class ApiClient {
    static final String VERSION = "api-version=2026-03-12";
    private final HttpClient http;
    private final int port;
    private final SecretKeySpec key;

    ApiClient(Vertx vertx, int port, String accessKey) {
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setDefaultHost("127.0.0.1")
                                .setDefaultPort(port)
                                .setKeepAliveTimeout(20),
                        new PoolOptions().setHttp1MaxSize(256));
        this.port = port;
        this.key = new SecretKeySpec(Base64.getDecoder().decode(accessKey), "HmacSHA256");
    }

    /// @param pathAndQuery as it stands in the request line
    /// @param body JSON, or empty
    /// @return the answer's status and body; fails when the status is not `expected`
    Future<Buffer> send(HttpMethod method, String pathAndQuery, String body, int expected) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String hash = Base64.getEncoder().encodeToString(sha256(bytes));
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        String host = "127.0.0.1:" + port;
        String signed = method.name() + "\n" + pathAndQuery + "\n" + date + ";" + host + ";" + hash;
        return http.request(method, pathAndQuery)
                .compose(request -> {
                    request.putHeader("x-ms-date", date)
                            .putHeader("x-ms-content-sha256", hash)
                            .putHeader(
                                    "Authorization",
                                    "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                                            + mac(signed));
                    if (bytes.length > 0) {
                        request.putHeader("Content-Type", "application/json");
                    }
                    return request.send(Buffer.buffer(bytes));
                })
                .compose(response ->
                        response.body()
                                .compose(answer ->
                                        response.statusCode() == expected
                                                ? Future.succeededFuture(answer)
                                                : Future.failedFuture(
                                                        method
                                                                + " "
                                                                + pathAndQuery
                                                                + " answered "
                                                                + response.statusCode()
                                                                + " "
                                                                + answer)));
    }

    private String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
