package io.strowger.dispatcher;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.secrets.PlatformSecrets;
import io.strowger.runtime.secrets.PlatformSecretsStore;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.runtime.telemetry.TraceHeaders;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.Records;
import io.strowger.testsupport.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// A broker, its topics, and dispatchers that come and go.
final class DispatcherFixture implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);
    private static final int PARTITIONS = 4;
    private final EmbeddedKafka broker;
    private final KafkaClients kafka;
    private final PlatformSecrets secrets;
    private final KafkaProducer<String, byte[]> producer;

    /// A running dispatcher.
    record Running(WebhookDispatcherService service, Health health, Telemetry telemetry) {}

    DispatcherFixture(Path directory) throws Exception {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
        Settings settings = settings(Map.of());
        kafka = new KafkaClients(broker.bootstrapServers(), settings.kafka());
        try (Admin admin = kafka.admin()) {
            TopicCreation.ensure(admin, settings.kafka());
        }
        secrets = new PlatformSecretsStore(kafka).load(settings);
        producer = kafka.producer(0);
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    static Settings settings(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("STROWGER_KAFKA_PARTITIONS", Integer.toString(PARTITIONS));
        environment.put("STROWGER_WEBHOOKS_ALLOWPRIVATEADDRESSES", "true");
        environment.put("STROWGER_HTTP_PUBLICURL", "https://calls.example.com/");
        environment.putAll(more);
        return SettingsLoader.load(null, environment);
    }

    PlatformSecrets secrets() {
        return secrets;
    }

    /// @param environment overrides settings
    Running start(int ordinal, Map<String, String> environment) throws Exception {
        Health health = new Health();
        Telemetry telemetry = new Telemetry();
        ServiceContext context =
                TestContext.of(settings(environment), kafka, secrets, health, telemetry);
        WebhookDispatcherService service = new WebhookDispatcherService(context, ordinal);
        service.start();
        Eventually.holds("the dispatcher is ready", Duration.ofSeconds(60), health::isReady);
        return new Running(service, health, telemetry);
    }

    Running start() throws Exception {
        return start(0, Map.of());
    }

    static int partition(EventRecord event) {
        return Math.floorMod(event.call().hashCode(), PARTITIONS);
    }

    void tell(EventRecord event) {
        tell(event, null);
    }

    void tell(EventRecord event, @Nullable TraceContext trace) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.CALL_EVENTS.name(),
                        partition(event),
                        event.call().toString(),
                        Topics.CALL_EVENTS.codec().encode(event));
        TraceHeaders.write(record.headers(), trace);
        producer.send(record);
    }

    void tellUnreadable(String key, String text) {
        producer.send(
                new ProducerRecord<>(
                        Topics.CALL_EVENTS.name(), 0, key, text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Waits until the offsets of `call.events` are committed to their ends.
    void awaitAllCommitted() throws Exception {
        producer.flush();
        try (Admin admin = kafka.admin();
                KafkaConsumer<String, byte[]> consumer = kafka.assignedConsumer()) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int number = 0; number < PARTITIONS; number++) {
                partitions.add(new TopicPartition(Topics.CALL_EVENTS.name(), number));
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Eventually.holds(
                    SOON, () -> isCommitted(admin, ends), () -> "offsets committed to " + ends);
        }
    }

    private static boolean isCommitted(Admin admin, Map<TopicPartition, Long> ends) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets("webhook-dispatcher")
                            .partitionsToOffsetAndMetadata()
                            .get();
            return ends.entrySet().stream()
                    .filter(end -> end.getValue() > 0)
                    .allMatch(end -> {
                        OffsetAndMetadata offset = offsets.get(end.getKey());
                        return offset != null && offset.offset() == end.getValue();
                    });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// Everything ever written to a topic.
    List<ConsumerRecord<String, byte[]>> all(String topic) {
        return Records.all(kafka, topic);
    }

    /// Keys of what waits for a call.
    Set<String> parked(ServerCallId call) {
        Set<String> keys = new HashSet<>();
        for (ConsumerRecord<String, byte[]> record : all(Topics.CALLBACK_DELIVERIES.name())) {
            if (record.value() == null) {
                keys.remove(record.key());
            } else if (record.key().startsWith(call.toString())) {
                keys.add(record.key());
            }
        }
        return keys;
    }

    /// Waits for `count` records in a dead-letter topic.
    List<ConsumerRecord<String, byte[]>> awaitDeadLetters(String topic, int count) {
        Eventually.holds(
                SOON, () -> all(topic).size() >= count, () -> count + " records in " + topic);
        return all(topic);
    }

    static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        producer.close();
        broker.close();
    }
}
