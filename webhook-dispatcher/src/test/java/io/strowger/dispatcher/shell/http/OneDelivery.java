package io.strowger.dispatcher.shell.http;

import io.strowger.dispatcher.Events;
import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.dispatcher.core.signature.StandardWebhook;
import io.strowger.runtime.secrets.TokenMint;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.vertx.core.Context;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One event, delivered once by a courier of its own.
final class OneDelivery {
    private static final KeyPair KEYS = keys();

    private OneDelivery() {}

    /// @param environment settings besides the defaults
    static Answer to(String uri, Context eventLoop, Map<String, String> environment)
            throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("STROWGER_WEBHOOKS_TIMEOUT", "5s");
        Settings settings = SettingsLoader.load(null, all);
        WebhookCourier courier =
                new WebhookCourier(
                        eventLoop,
                        settings.webhooks(),
                        new TokenMint(
                                KEYS.getPrivate(),
                                "key",
                                "issuer",
                                "audience",
                                TokenMint.Life.SHORT),
                        new StandardWebhook(new byte[32]),
                        InstantSource.system());
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        eventLoop.runOnContext(unused ->
                courier.deliver(
                        Events.event("private", URI.create(uri), 1, Instant.now()),
                        null,
                        answer::complete));
        return answer.get(20, TimeUnit.SECONDS);
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
