package io.strowger.dispatcher.shell.http;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.dispatcher.core.delivery.Courier;
import io.strowger.dispatcher.core.signature.StandardWebhook;
import io.strowger.runtime.secrets.TokenMint;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.tls.TlsContexts;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.TrustOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Delivers by HTTP: one signed POST an attempt, over kept-alive connections to the address that
/// was checked. Lives on one event loop.
public final class WebhookCourier implements Courier {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final int KEEP_ALIVE_S = 30;
    private final HttpClient client;
    private final Context context;
    private final AddressBook addresses;
    private final TokenMint tokens;
    private final StandardWebhook signatures;
    private final InstantSource clock;
    private final long timeoutMs;

    /// @param context the event loop that `deliver` is called on
    public WebhookCourier(
            Context context,
            Settings.Webhooks settings,
            TokenMint tokens,
            StandardWebhook signatures,
            InstantSource clock) {
        this.context = context;
        this.timeoutMs = settings.timeout().toMillis();
        this.addresses = new AddressBook(context, settings.allowPrivateAddresses());
        this.tokens = tokens;
        this.signatures = signatures;
        this.clock = clock;
        this.client = client(context.owner(), settings);
    }

    private static HttpClient client(Vertx vertx, Settings.Webhooks settings) {
        Duration connect = settings.timeout();
        if (connect.compareTo(LONGEST_CONNECT) > 0) {
            connect = LONGEST_CONNECT;
        }
        HttpClientOptions options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setTrustOptions(
                                TrustOptions.wrap(
                                        TlsContexts.trust("webhooks.tls", settings.tls())))
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(KEEP_ALIVE_S)
                        .setTcpNoDelay(true)
                        .setConnectTimeout((int) connect.toMillis())
                        .setMaxHeaderSize(32 * 1024)
                        .setDecompressionSupported(false);
        PoolOptions pool =
                new PoolOptions()
                        .setHttp1MaxSize(settings.concurrency())
                        .setMaxWaitQueueSize(settings.concurrency());
        return vertx.httpClientBuilder().with(options).with(pool).build();
    }

    /// Asks an application whether it wants the events of its numbers, until it says so.
    ///
    /// @param code to be given back: hard to guess
    public void confirm(URI url, UUID code) {
        new SubscriptionHandshake(context.owner(), client, addresses, clock, timeoutMs)
                .begin(url, code);
    }

    @Override
    public void deliver(EventRecord event, @Nullable TraceContext trace, Consumer<Answer> done) {
        String refusal = refusal(event.callbackUri());
        byte[] body;
        try {
            body = EventBody.of(event);
        } catch (NoSuchForm e) {
            refusal = e.getMessage();
            body = new byte[0];
        }
        if (refusal != null) {
            String reason = refusal;
            context.runOnContext(unused -> done.accept(new Answer.Refused(reason)));
            return;
        }
        Attempt attempt = new Attempt(context.owner(), clock, timeoutMs, done);
        byte[] bytes = body;
        Attempt.Headers headers =
                (told, sent, into) -> {
                    headers(told, sent, into);
                    trace(trace, into);
                };
        addresses
                .find(event.callbackUri().getHost(), System.nanoTime())
                .onSuccess(found -> attempt.post(client, event, found, bytes, headers))
                .onFailure(attempt::notResolved);
    }

    private static @Nullable String refusal(URI uri) {
        boolean http =
                "http".equalsIgnoreCase(uri.getScheme())
                        || "https".equalsIgnoreCase(uri.getScheme());
        return http && uri.getHost() != null ? null : "no http or https address";
    }

    private static void trace(@Nullable TraceContext trace, MultiMap headers) {
        if (trace != null) {
            headers.set(KafkaHeaders.TRACEPARENT, trace.traceparent());
            if (trace.tracestate() != null) {
                headers.set(KafkaHeaders.TRACESTATE, trace.tracestate());
            }
        }
    }

    private void headers(EventRecord event, byte[] body, MultiMap headers) {
        var now = clock.instant();
        String id = event.eventId().toString();
        headers.set("Content-Type", "application/json")
                .set("User-Agent", "Strowger")
                .set("Authorization", "Bearer " + tokens.token(now))
                .set("webhook-id", id)
                .set("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .set("webhook-signature", signatures.signature(id, now, body));
        if (event.event() instanceof SubscriberEvent.EventGrid) {
            headers.set(SubscriptionHandshake.EVENT_TYPE, "Notification");
        }
    }
}
