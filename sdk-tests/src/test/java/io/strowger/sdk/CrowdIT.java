package io.strowger.sdk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many clients of the newest SDK at one gateway at once, each with connections of its own.
@Tag("interop")
class CrowdIT extends SecureStage {
    private static final Duration LONGEST = Duration.ofSeconds(120);

    CrowdIT() throws IOException {}

    @Test
    void fiveHundredClientsAtOnceSeeNoErrorAndMissNoEvent() throws Exception {
        Map<String, String> environment =
                Map.of(
                        "CONNECTION_STRING",
                        connectionString(),
                        "NODE_EXTRA_CA_CERTS",
                        Trust.certificate(dataFolder).toString(),
                        "METRICS",
                        stage.platform().endpoint().resolve("/metrics").toString(),
                        "CALLER",
                        "+15550100000",
                        "NUMBER",
                        AWAY,
                        "CLIENTS",
                        "500");

        try (Program crowd =
                Program.start(
                        Path.of("").toAbsolutePath(),
                        environment,
                        List.of(
                                "node",
                                Path.of("driver", "js", "crowd.mjs").toString(),
                                Program.npm(Sdk.JS_1_6_0.sources()).toString()))) {
            crowd.awaitSuccess(LONGEST);
        }
    }
}
