package io.strowger.sdk;

import io.strowger.phone.Phone;
import io.strowger.phone.PhoneSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Many clients of the newest SDK at one gateway at once, each with connections of its own.
@Isolated
@Tag("interop")
class CrowdIT extends SecureStage {
    private static final Duration LONGEST = Duration.ofSeconds(150);
    private static final String NUMBER = "+95550100009";
    private final Phone phone =
            Phone.start(PhoneSettings.listening("127.0.0.1", 0).withAnswerAfter(null));

    CrowdIT() throws IOException {}

    /// One trunk, wide enough for all of them at once, to a phone that rings and is not picked up.
    @Override
    protected Map<String, String> further() throws Exception {
        Map<String, String> settings = new HashMap<>(super.further());
        settings.put(
                "STROWGER_TRUNKS",
                "[{name: wide, uri: \"sip:%s\", prefixes: [\"+9\"], maxCallsPerSecond: 10000, maxChannels: 2000}]"
                        .formatted(phone.address()));
        return settings;
    }

    @AfterAll
    void closePhone() {
        phone.close();
    }

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
                        NUMBER,
                        "SOON_MS",
                        "60000",
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
