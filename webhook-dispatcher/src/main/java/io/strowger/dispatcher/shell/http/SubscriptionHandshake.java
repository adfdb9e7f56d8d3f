package io.strowger.dispatcher.shell.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.strowger.runtime.log.LogFields;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The validation of a new Event Grid subscriber: it is sent a code and must answer with it. Tried
/// once at the start, and again until it succeeds: the application may start later than we do.
/// Lives on the courier's event loop.
final class SubscriptionHandshake {
    static final String EVENT_TYPE = "aeg-event-type";
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionHandshake.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final long FIRST_WAIT_MS = 1_000;
    private static final long LONGEST_WAIT_MS = 30_000;
    private static final int LONGEST_ANSWER = 64 * 1024;
    private final Vertx vertx;
    private final HttpClient client;
    private final AddressBook addresses;
    private final InstantSource clock;
    private final long timeoutMs;

    SubscriptionHandshake(
            Vertx vertx,
            HttpClient client,
            AddressBook addresses,
            InstantSource clock,
            long timeoutMs) {
        this.vertx = vertx;
        this.client = client;
        this.addresses = addresses;
        this.clock = clock;
        this.timeoutMs = timeoutMs;
    }

    void begin(URI url, UUID code) {
        attempt(url, code, FIRST_WAIT_MS);
    }

    private void attempt(URI url, UUID code, long waitMs) {
        String receiver = url.getHost() + ":" + url.getPort();
        ask(url, code)
                .onSuccess(unused ->
                        LOG.atInfo()
                                .addKeyValue("receiver", receiver)
                                .log("the application takes incoming calls"))
                .onFailure(failure -> {
                    LOG.atWarn()
                            .addKeyValue("receiver", receiver)
                            .addKeyValue(LogFields.REASON, String.valueOf(failure.getMessage()))
                            .log("the application has not confirmed its subscription yet");
                    vertx.setTimer(
                            waitMs,
                            timer -> attempt(url, code, Math.min(2 * waitMs, LONGEST_WAIT_MS)));
                });
    }

    private Future<Void> ask(URI url, UUID code) {
        byte[] body =
                EventGridBody.validation(
                        code.toString(), code.toString(), EventBody.TIME.format(clock.instant()));
        return addresses
                .find(String.valueOf(url.getHost()), System.nanoTime())
                .compose(found -> client.request(Attempt.options(url, found.getFirst())))
                .compose(request ->
                        request.putHeader("Content-Type", "application/json")
                                .putHeader("User-Agent", "Strowger")
                                .putHeader(EVENT_TYPE, "SubscriptionValidation")
                                .idleTimeout(timeoutMs)
                                .send(Buffer.buffer(body)))
                .compose(response -> confirmed(response, code));
    }

    private static Future<Void> confirmed(HttpClientResponse response, UUID code) {
        if (response.statusCode() != 200) {
            return Future.failedFuture("it answered " + response.statusCode());
        }
        Buffer read = Buffer.buffer();
        return response.handler(
                        part -> {
                            read.appendBuffer(part);
                            if (read.length() > LONGEST_ANSWER) {
                                response.request().reset();
                            }
                        })
                .end()
                .compose(unused ->
                        isEcho(read.getBytes(), code.toString())
                                ? Future.succeededFuture()
                                : Future.failedFuture("it did not answer with the code"));
    }

    /// Whether `json` has `validationResponse` with the code.
    private static boolean isEcho(byte[] json, String code) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("validationResponse")) {
                    return code.equals(parser.getText());
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the answer is no JSON");
            return false;
        }
    }
}
