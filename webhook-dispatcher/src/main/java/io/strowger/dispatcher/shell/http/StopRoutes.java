package io.strowger.dispatcher.shell.http;

import io.strowger.dispatcher.core.delivery.LaneKey;
import io.strowger.dispatcher.core.delivery.ReceiverStop;
import io.strowger.dispatcher.core.delivery.StoppedReceivers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin API of receivers that said 410 Gone. To be mounted after [DeadLetterRoutes], whose
/// signature it needs.
public final class StopRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(StopRoutes.class);
    private static final String BASE = "/admin/webhooks/stopped";
    private final StoppedReceivers receivers;

    public StopRoutes(StoppedReceivers receivers) {
        this.receivers = receivers;
    }

    /// Once for each event loop that serves `router`.
    public void mount(Router router) {
        router.get(BASE).handler(context -> DeadLetterRoutes.aside(context, this::list));
        router.post(BASE + "/:id/resume")
                .handler(context -> DeadLetterRoutes.aside(context, this::resume));
    }

    private void list(AdminExchange exchange) throws InterruptedException {
        JsonArray stopped = new JsonArray();
        receivers.now().forEach(stop -> stopped.add(json(stop)));
        exchange.answer(200, new JsonObject().put("stopped", stopped));
    }

    private void resume(AdminExchange exchange) throws InterruptedException {
        Optional<UUID> id = id(exchange.pathParameter("id"));
        if (id.isPresent() && receivers.resume(id.get())) {
            LOG.atInfo().addKeyValue("stop", id.get()).log("receiver is asked again");
            exchange.answer(200, new JsonObject().put("id", id.get().toString()));
        } else {
            exchange.fail(404, "NotFound", "No stopped receiver has this id.");
        }
    }

    private static Optional<UUID> id(@Nullable String text) {
        return text == null || !text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.empty()
                : Optional.of(UUID.fromString(text));
    }

    private static JsonObject json(ReceiverStop stop) {
        JsonObject json =
                new JsonObject()
                        .put("id", stop.id().toString())
                        .put("receiver", LaneKey.server(stop.uri()))
                        .put("callbackUri", stop.uri().toString())
                        .put("reason", stop.reason())
                        .put("at", stop.at().toString())
                        .put("until", stop.until().toString());
        if (stop.call() != null) {
            json.put("serverCallId", stop.call().toString());
        }
        return stop.connection() == null
                ? json
                : json.put("callConnectionId", stop.connection().toString());
    }
}
