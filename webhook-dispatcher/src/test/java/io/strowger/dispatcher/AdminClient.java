package io.strowger.dispatcher;

import io.strowger.runtime.auth.HttpDate;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.ops.OpsServer;
import io.strowger.runtime.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An operator at the ops port of a dispatcher.
final class AdminClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private final OpsServer ops;
    private final byte[] key;

    /// @param key to sign with
    AdminClient(WebhookDispatcherService dispatcher, byte[] key) throws Exception {
        this.key = key;
        ops = OpsServer.start(vertx, "127.0.0.1", 0, new Health(), new Telemetry());
        dispatcher.mountAdmin(ops.router());
    }

    HttpResponse<String> send(String method, String target) throws Exception {
        return HTTP.send(signed(method, target, key), BodyHandlers.ofString());
    }

    HttpResponse<String> sendSignedWith(byte[] other, String method, String target)
            throws Exception {
        return HTTP.send(signed(method, target, other), BodyHandlers.ofString());
    }

    HttpResponse<String> sendUnsigned(String target) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri(target)).build(), BodyHandlers.ofString());
    }

    private URI uri(String target) {
        return URI.create("http://127.0.0.1:" + ops.port() + target);
    }

    private HttpRequest signed(String method, String target, byte[] key) throws Exception {
        String date = HttpDate.format(Instant.now());
        String hash =
                Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(new byte[0]));
        String text =
                method + "\n" + target + "\n" + date + ";127.0.0.1:" + ops.port() + ";" + hash;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signature =
                Base64.getEncoder()
                        .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        return HttpRequest.newBuilder(uri(target))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("x-ms-date", date)
                .header("x-ms-content-sha256", hash)
                .header(
                        "Authorization",
                        "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                                + signature)
                .build();
    }

    @Override
    public void close() throws Exception {
        ops.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }
}
