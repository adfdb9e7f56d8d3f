package io.strowger.gateway;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.gateway.shell.http.HttpLimits;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Requests about one call over real HTTP and a real broker; the test decides about calls. One
/// gateway a class: classes run one after another.
abstract class GatewayStage {
    static RunningGateway gateway;
    static SignedClient client;
    static ServerCallId call;

    /// The path of the call's connection.
    static String connection;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        gateway =
                new RunningGateway(
                        directory,
                        Map.of("STROWGER_GATEWAY_REPLYTIMEOUT", "PT2S"),
                        HttpLimits.usual(100_000));
        client = gateway.client();
        call = gateway.ids.newCall(new Random(1));
        connection = "/calling/callConnections/" + call.connection(1);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @BeforeEach
    void answerAsAnOrchestratorWould() {
        gateway.orchestrator.requests().clear();
        gateway.orchestrator.answers(PlayedAnswers::to);
    }
}
