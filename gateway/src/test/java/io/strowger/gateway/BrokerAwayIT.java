package io.strowger.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.call.CallReply;
import io.strowger.gateway.shell.http.HttpLimits;
import io.strowger.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The broker goes away and comes back under a gateway that stays.
class BrokerAwayIT {
    private static final String V = "?api-version=2026-03-12";
    private static final Duration LONG = Duration.ofSeconds(60);
    @TempDir Path directory;

    @Test
    void saysTryAgainWithoutHangingAndServesAgainAfterwards() throws Exception {
        try (RunningGateway gateway =
                new RunningGateway(
                        directory,
                        Map.of("STROWGER_GATEWAY_REPLYTIMEOUT", "PT1S"),
                        HttpLimits.usual(10_000))) {
            String hangUp =
                    "/calling/callConnections/" + gateway.ids.newCall(new Random(1)).connection(1);
            gateway.orchestrator.answers(request -> new CallReply.Done());
            SignedClient client = gateway.client();
            Eventually.holds(
                    "served before",
                    LONG,
                    () -> client.send("DELETE", hangUp + V, "", Map.of()).status() == 204);

            gateway.stopBroker();
            CompletableFuture<SignedClient.Response> waiting =
                    client.sending("DELETE", hangUp + V, "", Map.of());
            long startedNs = System.nanoTime();
            int document = client.unsigned("/calling/keys").status();
            long documentMs = Duration.ofNanos(System.nanoTime() - startedNs).toMillis();

            SignedClient.Response away = waiting.join();
            assertEquals(503, away.status());
            assertEquals("1", away.header("Retry-After"));
            assertEquals(200, document);
            assertTrue(documentMs < 900, "the event loop was held for " + documentMs + " ms");

            gateway.startBroker();
            Eventually.holds(
                    "served again",
                    LONG,
                    () -> client.send("DELETE", hangUp + V, "", Map.of()).status() == 204);
        }
    }
}
