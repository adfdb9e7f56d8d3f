package io.strowger.runtime.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.runtime.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class OpsServerTest {
    @Test
    void isReadyOnlyWhenEveryCheckIsUpAndAlwaysAlive() throws Exception {
        Vertx vertx = Vertx.vertx();
        Health health = new Health();
        Health.Check broker = health.check("broker");
        try (Telemetry telemetry = new Telemetry();
                OpsServer server = OpsServer.start(vertx, "127.0.0.1", 0, health, telemetry)) {
            telemetry.counter(Telemetry.COMMANDS, "outcome", "accepted").increment();

            HttpResponse<String> notReady = get(server, "/health/ready");
            broker.up();
            HttpResponse<String> ready = get(server, "/health/ready");
            broker.down("gone");

            assertEquals(503, notReady.statusCode());
            assertTrue(notReady.body().contains("\"reason\":\"starting\""), notReady.body());
            assertEquals(200, ready.statusCode());
            assertEquals(200, get(server, "/health/live").statusCode());
            assertTrue(get(server, "/health/ready").body().contains("gone"));
            assertTrue(
                    get(server, "/metrics")
                            .body()
                            .contains("strowger_commands_total{outcome=\"accepted\"} 1.0"));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private static HttpResponse<String> get(OpsServer server, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}
