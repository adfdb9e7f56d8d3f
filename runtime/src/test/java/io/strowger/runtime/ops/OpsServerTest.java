package io.strowger.runtime.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Timer;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.runtime.telemetry.TraceSpan;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
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

    @Test
    void aLatencyHasItsTraceAsExemplarWhenOpenMetricsIsAskedFor() throws Exception {
        Vertx vertx = Vertx.vertx();
        Settings.Tracing settings =
                new Settings.Tracing(new Settings.Otlp("http://127.0.0.1:9"), 1);
        try (Telemetry telemetry = new Telemetry(settings);
                OpsServer server =
                        OpsServer.start(vertx, "127.0.0.1", 0, new Health(), telemetry)) {
            TraceSpan span = telemetry.tracing().of("gateway").server("GET", null);
            String traceId = Objects.requireNonNull(span.context()).traceId();
            Timer timer = telemetry.tracedTimer(Telemetry.HTTP_REQUEST, "outcome", "done");

            telemetry.record(timer, 3_000_000, span);
            span.end();

            HttpResponse<String> open = get(server, "/metrics", "application/openmetrics-text");
            HttpResponse<String> plain = get(server, "/metrics");
            assertEquals(
                    "application/openmetrics-text; version=1.0.0; charset=utf-8",
                    open.headers().firstValue("Content-Type").orElseThrow());
            assertTrue(
                    open.body()
                            .lines()
                            .anyMatch(line ->
                                    line.startsWith("strowger_http_request_seconds_bucket")
                                            && line.contains("trace_id=\"" + traceId + "\"")),
                    open.body());
            assertTrue(open.body().endsWith("# EOF\n"), "not OpenMetrics");
            assertFalse(plain.body().contains(traceId), "the old format has no exemplars");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private static HttpResponse<String> get(OpsServer server, String path) throws Exception {
        return get(server, path, "*/*");
    }

    private static HttpResponse<String> get(OpsServer server, String path, String accept)
            throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
            return client.send(
                    HttpRequest.newBuilder(uri).header("Accept", accept).build(),
                    BodyHandlers.ofString());
        }
    }
}
