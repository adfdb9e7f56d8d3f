package io.strowger.runtime.kafka;

import io.strowger.runtime.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Makes Kafka clients with the settings that were measured to be fast and safe. Keys are text,
/// values bytes. Every consumer is `read_committed`.
public final class KafkaClients {
    /// The largest record: the state of a call with hundreds of legs.
    static final int MAX_RECORD_BYTES = 8 << 20;

    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final int BEATS_A_SESSION = 4;
    private static final Duration TRANSACTION = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private final Map<String, String> further;

    /// @param bootstrapServers host:port, comma-separated; of the embedded broker when the settings
    ///   name none
    public KafkaClients(String bootstrapServers, Settings.Kafka settings) {
        this.bootstrapServers = bootstrapServers;
        this.further = settings.client();
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public Admin admin() {
        return Admin.create(common());
    }

    /// A consumer that is told its partitions: no group, no commits.
    public KafkaConsumer<String, byte[]> assignedConsumer() {
        return new Reader(assignedConsumerSettings());
    }

    /// The same, to read much in little time: large fetches, all of them handed out at once.
    public KafkaConsumer<String, byte[]> bulkConsumer() {
        Map<String, Object> settings = assignedConsumerSettings();
        settings.put(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                Integer.toString(MAX_RECORD_BYTES));
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000");
        return new Reader(settings);
    }

    /// Leaves at once: to close waits for the fetch that is under way, up to half a second, only to
    /// tell the broker what it sees from the connection. There is no group to say goodbye to.
    private static final class Reader extends KafkaConsumer<String, byte[]> {
        private Reader(Map<String, Object> settings) {
            super(settings, new StringDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public void close() {
            close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    public Map<String, Object> assignedConsumerSettings() {
        Map<String, Object> settings = common();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "500");
        return settings;
    }

    /// A member of a group that commits by itself.
    ///
    /// @param instanceId stable per instance: after a restart it gets its partitions back at once
    public KafkaConsumer<String, byte[]> groupConsumer(String group, String instanceId) {
        return groupConsumer(group, instanceId, SESSION);
    }

    /// @param session without a word for so long, a member's partitions are given to others
    public KafkaConsumer<String, byte[]> groupConsumer(
            String group, String instanceId, Duration session) {
        Map<String, Object> settings = groupConsumerSettings(group, instanceId);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(session.toMillis()));
        settings.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Long.toString(session.toMillis() / BEATS_A_SESSION));
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    public Map<String, Object> groupConsumerSettings(String group, String instanceId) {
        Map<String, Object> settings = assignedConsumerSettings();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(SESSION.toMillis()));
        settings.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Long.toString(SESSION.toMillis() / BEATS_A_SESSION));
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "500");
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        return settings;
    }

    /// An idempotent producer, `acks=all`.
    public KafkaProducer<String, byte[]> producer(int lingerMs) {
        return new KafkaProducer<>(
                producerSettings(lingerMs), new StringSerializer(), new ByteArraySerializer());
    }

    public Map<String, Object> producerSettings(int lingerMs) {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_RECORD_BYTES));
        settings.put(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(lingerMs));
        return settings;
    }

    /// A transactional producer whose transactions are taken back after ten seconds.
    public KafkaProducer<String, byte[]> transactionalProducer(String transactionalId) {
        return transactionalProducer(transactionalId, TRANSACTION);
    }

    /// A transactional producer. One request in flight: a batch is flushed whole, and more would
    /// race with the broker's transaction markers.
    ///
    /// @param timeout after which the broker takes back what a dead producer left open: until then
    ///   nobody reads beyond it
    public KafkaProducer<String, byte[]> transactionalProducer(
            String transactionalId, Duration timeout) {
        Map<String, Object> settings = producerSettings(0);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(timeout.toMillis()));
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "2");
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>(further);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.putIfAbsent("reconnect.backoff.max.ms", "1000");
        return settings;
    }
}
