package io.strowger.gateway.shell.kafka;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallReply.Refused;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.consumer.KafkaConsumerRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads this gateway's partition of `call.replies` and wakes who waits.
public final class ReplyReader {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaClients kafka;
    private final Telemetry telemetry;
    private final KafkaCallCommands commands;

    public ReplyReader(
            Vertx vertx, KafkaClients kafka, Telemetry telemetry, KafkaCallCommands commands) {
        Map<String, String> settings = new HashMap<>();
        kafka.assignedConsumerSettings()
                .forEach((key, value) -> settings.put(key, value.toString()));
        settings.put(
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
        settings.put(
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class.getName());
        this.consumer = KafkaConsumer.create(vertx, settings);
        this.kafka = kafka;
        this.telemetry = telemetry;
        this.commands = commands;
    }

    /// Begins behind the last reply there is: what was asked before this process started is
    /// nobody's any more.
    ///
    /// @return done when replies to commands sent from now on will be seen
    public Future<Void> start(int partition) {
        TopicPartition mine = new TopicPartition(Topics.CALL_REPLIES.name(), partition);
        consumer.pollTimeout(POLL);
        consumer.handler(this::read);
        consumer.exceptionHandler(
                failure -> LOG.atError().setCause(failure).log("replies cannot be read now"));
        return consumer.assign(mine)
                .compose(_ -> consumer.seekToEnd(mine))
                .compose(_ -> consumer.position(mine))
                .mapEmpty();
    }

    private void read(KafkaConsumerRecord<String, byte[]> read) {
        var record = read.record();
        if (!commands.epoch()
                .equals(text(record.headers().lastHeader(KafkaHeaders.GATEWAY_EPOCH)))) {
            return; // to an earlier process
        }
        String correlation = text(record.headers().lastHeader(KafkaHeaders.CORRELATION));
        if (correlation == null) {
            return;
        }
        try {
            CallReply reply = Topics.CALL_REPLIES.codec().decode(record.value());
            commands.table().answer(correlation, reply.answer());
        } catch (UndecodableException e) {
            telemetry.counter(Telemetry.DEAD_LETTERS).increment();
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("offset", record.offset())
                    .log("unreadable reply");
            commands.table().answer(correlation, new Refused(CallError.INTERNAL, ""));
            Thread.ofVirtual().start(() -> bury(record, String.valueOf(e.getMessage())));
        }
    }

    /// Rare: so a producer is made for each.
    private void bury(
            org.apache.kafka.clients.consumer.ConsumerRecord<String, byte[]> record,
            String reason) {
        try (KafkaProducer<String, byte[]> producer = kafka.producer(0)) {
            producer.send(DeadLetters.of(record, reason));
        }
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    public Future<Void> close() {
        return consumer.close();
    }
}
