package io.strowger.acceptance;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/// The same on the official Kafka image: needs a Docker engine.
@Tag("containers")
class CallContainersIT extends CallScenarios {
    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.3.1");
    private final KafkaContainer kafka = new KafkaContainer(IMAGE);

    @Override
    Map<String, String> broker() {
        kafka.start();
        return Map.of("STROWGER_KAFKA_BOOTSTRAPSERVERS", kafka.getBootstrapServers());
    }

    @AfterAll
    void stopBroker() {
        kafka.stop();
    }
}
