package io.strowger.acceptance;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;
import org.testcontainers.kafka.KafkaContainer;

/// The same on the official Kafka image: needs a Docker engine.
@Isolated
@Tag("containers")
class CallContainersIT extends CallScenarios {
    private @Nullable KafkaContainer kafka;

    @Override
    Map<String, String> broker() {
        KafkaContainer started = Docker.broker();
        kafka = started;
        return Map.of("STROWGER_KAFKA_BOOTSTRAPSERVERS", started.getBootstrapServers());
    }

    @AfterAll
    void stopBroker() {
        if (kafka != null) {
            kafka.stop();
        }
    }
}
