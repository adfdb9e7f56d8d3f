package io.strowger.runtime.ops;

import io.strowger.runtime.telemetry.Telemetry;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/// `/health/live`, `/health/ready` and `/metrics`, for any router.
public final class OpsRoutes {
    private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS =
            "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private OpsRoutes() {}

    public static void mount(Router router, Health health, Telemetry telemetry) {
        router.get("/health/live")
                .handler(context ->
                        json(context.response(), 200, new JsonObject().put("status", "up")));
        router.get("/health/ready")
                .handler(context ->
                        json(context.response(), health.isReady() ? 200 : 503, describe(health)));
        router.get("/metrics")
                .handler(context -> {
                    // As Prometheus asks; only this format has exemplars.
                    String accepted = context.request().getHeader("Accept");
                    String type =
                            accepted != null && accepted.contains("application/openmetrics-text")
                                    ? OPEN_METRICS
                                    : PLAIN;
                    context.response().putHeader("Content-Type", type).end(telemetry.scrape(type));
                });
    }

    private static JsonObject describe(Health health) {
        JsonArray checks = new JsonArray();
        health.checks()
                .forEach((name, check) -> {
                    JsonObject line =
                            new JsonObject()
                                    .put("name", name)
                                    .put("status", check.isUp() ? "up" : "down");
                    checks.add(check.isUp() ? line : line.put("reason", check.reason()));
                });
        return new JsonObject()
                .put("status", health.isReady() ? "up" : "down")
                .put("checks", checks);
    }

    private static void json(HttpServerResponse response, int status, JsonObject body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .end(body.encode());
    }
}
