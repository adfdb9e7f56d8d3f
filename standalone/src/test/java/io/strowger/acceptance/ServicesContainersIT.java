package io.strowger.acceptance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;
import org.testcontainers.kafka.KafkaContainer;

/// The same with each service in a container of its own, beside the official Kafka image: needs a
/// Docker engine on Linux and the project's image.
@Isolated
@Tag("containers")
class ServicesContainersIT extends CallScenarios {
    private static final byte[] KEY = "acceptance".getBytes(StandardCharsets.UTF_8);
    private @Nullable KafkaContainer kafka;

    @Override
    Map<String, String> broker() {
        KafkaContainer started = Docker.broker();
        kafka = started;
        return Map.of("STROWGER_KAFKA_BOOTSTRAPSERVERS", started.getBootstrapServers());
    }

    @Override
    Stage open(Path data, Map<String, String> phones, Map<String, String> settings)
            throws Exception {
        Map<String, String> further = new HashMap<>(settings);
        further.put("STROWGER_ACCESSKEYS", Base64.getEncoder().encodeToString(KEY));
        ServiceContainers services =
                ServiceContainers.start(Stage.environment(data, phones, further));
        return new Stage(services.endpoint(), KEY, services);
    }

    @AfterAll
    void stopBroker() {
        if (kafka != null) {
            kafka.stop();
        }
    }
}
