package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service whose broker is away: a restart would not mend it, so it must not ask for one.
class WithoutBrokerIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void isAliveAndSaysThatItWaits(@TempDir Path folder) throws Exception {
        int ops = FreePorts.pair();
        Map<String, String> environment =
                Map.of(
                        "STROWGER_DATADIR",
                        folder.toString(),
                        "STROWGER_KAFKA_BOOTSTRAPSERVERS",
                        "127.0.0.1:1",
                        "STROWGER_OPS_PORT",
                        Integer.toString(ops));
        try (Command gateway = Command.start(environment, "gateway")) {
            Eventually.holds("alive", Duration.ofSeconds(60), () -> answers(ops, "live"));

            HttpResponse<String> ready = get(ops, "ready");

            assertEquals(503, ready.statusCode());
            assertTrue(ready.body().contains("kafka"), ready.body());
            assertEquals(200, get(ops, "live").statusCode());
        }
    }

    private static boolean answers(int port, String what) {
        try {
            return get(port, what).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static HttpResponse<String> get(int port, String what)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/" + what))
                        .build(),
                BodyHandlers.ofString());
    }
}
