package io.strowger.dispatcher.shell.http;

import io.strowger.contracts.event.EventRecord;
import io.strowger.dispatcher.core.delivery.LaneKey;
import io.strowger.dispatcher.core.letters.DeadLetter;
import io.strowger.dispatcher.core.letters.LetterPage;
import io.strowger.dispatcher.core.letters.ReplayRun;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Dead letters as the admin API shows them.
final class DeadLetterJson {
    private DeadLetterJson() {}

    static JsonObject page(LetterPage page) {
        JsonArray letters = new JsonArray();
        page.letters().forEach(letter -> letters.add(summary(letter)));
        JsonObject json = new JsonObject().put("deadLetters", letters);
        page.next().ifPresent(next -> json.put("next", next));
        return json;
    }

    /// Without what the event says: lists are read over shoulders.
    static JsonObject summary(DeadLetter letter) {
        JsonObject json =
                new JsonObject()
                        .put("id", letter.id())
                        .put("at", letter.at().toString())
                        .put("reason", letter.reason())
                        .put("origin", letter.origin())
                        .put("replayed", letter.replayed());
        EventRecord event = letter.event();
        if (event == null) {
            return json.put("readable", false);
        }
        return json.put("eventId", event.eventId().toString())
                .put("type", EventBody.TYPE_PREFIX + event.event().getClass().getSimpleName())
                .put("serverCallId", event.call().toString())
                .put(
                        "callConnectionId",
                        event.connection() == null ? null : event.connection().toString())
                .put("sequence", event.sequence())
                .put("time", event.time().toString())
                .put("receiver", LaneKey.server(event.callbackUri()));
    }

    /// With the receiver's whole address and the body as it would be sent.
    static JsonObject whole(DeadLetter letter) {
        JsonObject json = summary(letter);
        EventRecord event = letter.event();
        if (event == null) {
            return json;
        }
        json.put("callbackUri", event.callbackUri().toString());
        try {
            return json.put(
                    "body", new JsonArray(new String(EventBody.of(event), StandardCharsets.UTF_8)));
        } catch (NoSuchForm e) {
            return json.put("noBody", e.getMessage());
        }
    }

    static JsonObject result(DeadLetter letter, ReplayRun.Result result) {
        JsonObject json =
                new JsonObject()
                        .put("id", letter.id())
                        .put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
        return result.reason().isEmpty() ? json : json.put("reason", result.reason());
    }
}
