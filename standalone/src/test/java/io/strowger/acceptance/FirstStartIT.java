package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.kafka.Topics;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.secrets.PlatformSecrets;
import io.strowger.runtime.secrets.PlatformSecretsStore;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The services of an installation start for the first time, all at once, as under compose.
@Isolated
class FirstStartIT {
    private static final int SERVICES = 8;
    private static final int ROUNDS = 6;
    private static final String TOPIC = Topics.PLATFORM_SETTINGS.name();

    @Test
    void allHaveTheSameSecretsWhoeverMadeThem(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka broker =
                EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")))) {
            Settings settings =
                    SettingsLoader.load(
                            null,
                            Map.of("STROWGER_KAFKA_BOOTSTRAPSERVERS", broker.bootstrapServers()));
            KafkaClients clients = new KafkaClients(broker.bootstrapServers(), settings.kafka());
            try (Admin admin = clients.admin();
                    ExecutorService services = Executors.newFixedThreadPool(SERVICES)) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
                for (int round = 1; round <= ROUNDS; round++) {
                    Set<String> loaded = loadAtOnce(services, clients, settings);

                    assertEquals(1, loaded.size(), "different secrets in round " + round);
                    admin.deleteRecords(
                                    Map.of(
                                            new TopicPartition(TOPIC, 0),
                                            RecordsToDelete.beforeOffset(-1)))
                            .all()
                            .get();
                }
            }
        }
    }

    private static Set<String> loadAtOnce(
            ExecutorService services, KafkaClients clients, Settings settings) throws Exception {
        CyclicBarrier start = new CyclicBarrier(SERVICES);
        Callable<String> service =
                () -> {
                    start.await();
                    return text(new PlatformSecretsStore(clients).load(settings));
                };
        Set<String> loaded = new HashSet<>();
        for (Future<String> one :
                services.invokeAll(IntStream.range(0, SERVICES).mapToObj(_ -> service).toList())) {
            loaded.add(one.get());
        }
        return loaded;
    }

    private static String text(PlatformSecrets secrets) {
        return String.join(
                " ",
                List.of(
                        secrets.accessKeys().stream()
                                .map(Base64.getEncoder()::encodeToString)
                                .toList()
                                .toString(),
                        Arrays.toString(secrets.idKey()),
                        secrets.tokenKeyId(),
                        secrets.resourceId(),
                        Arrays.toString(secrets.signingSecret())));
    }
}
