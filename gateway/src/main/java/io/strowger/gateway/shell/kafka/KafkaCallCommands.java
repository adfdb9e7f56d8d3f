package io.strowger.gateway.shell.kafka;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Refused;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.gateway.shell.CallCommands;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands as records of `call.commands`, keyed by their call; answers from the one partition of
/// `call.replies` that this process reads. Safe for use by all event loops.
public final class KafkaCallCommands implements CallCommands {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaCallCommands.class);
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(1);
    private static final Duration SHORTEST_DELIVERY = Duration.ofSeconds(2);
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private final Vertx vertx;
    private final String epoch;
    private final String replyPartition;
    private final WaitingRequests waiting;
    private final ReplyReader replies;
    private final Telemetry telemetry;
    private final org.apache.kafka.clients.producer.KafkaProducer<String, byte[]> own;
    private final KafkaProducer<String, byte[]> producer;

    /// Connects in the background; [#start] waits for it.
    public KafkaCallCommands(Vertx vertx, ServiceContext context) {
        Settings.Gateway settings = context.settings().gateway();
        this.vertx = vertx;
        this.telemetry = context.telemetry();
        this.epoch = HexFormat.of().toHexDigits(context.random().nextLong());
        this.replyPartition = Integer.toString(settings.replyPartition());
        this.waiting = new WaitingRequests(vertx, settings.replyTimeout(), settings.maxInFlight());
        this.replies =
                new ReplyReader(
                        vertx,
                        context.kafka(),
                        settings.replyPartition(),
                        context.health().check("gateway-replies"),
                        this::received);
        this.own =
                new org.apache.kafka.clients.producer.KafkaProducer<>(
                        producerSettings(context, settings.replyTimeout()),
                        new StringSerializer(),
                        new ByteArraySerializer());
        this.producer = KafkaProducer.create(vertx, own);
        // Each command's own future tells it too; without a handler it is logged as unhandled.
        producer.exceptionHandler(
                failure -> LOG.atDebug().setCause(failure).log("a record was not written"));
        telemetry.gauge(Telemetry.GATEWAY_WAITING, waiting::size);
    }

    /// A command whose caller was told "try again" must not be sent much later: delivery is given
    /// up when the caller is, and as the topic is never forgotten no command waits for a broker
    /// that is away before it even counts as sent.
    private static Map<String, Object> producerSettings(
            ServiceContext context, Duration replyTimeout) {
        Map<String, Object> settings = context.kafka().producerSettings(0);
        Duration delivery =
                replyTimeout.compareTo(SHORTEST_DELIVERY) < 0 ? SHORTEST_DELIVERY : replyTimeout;
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(delivery.toMillis()));
        settings.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(delivery.toMillis() / 2));
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Integer.toString(Integer.MAX_VALUE));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(LONGEST_BLOCK.toMillis()));
        return settings;
    }

    /// Completes when a reply to whatever is submitted from now on will be seen, and the topic of
    /// the commands is known.
    public Future<Void> start() {
        return replies.start()
                .compose(unused -> producer.partitionsFor(Topics.CALL_COMMANDS.name()))
                .mapEmpty();
    }

    @Override
    public Future<Answer> submit(CallRequest request) {
        byte[] value = Topics.CALL_COMMANDS.codec().encode(request);
        Optional<WaitingRequests.Ticket> admitted = waiting.admit();
        if (admitted.isEmpty()) {
            return Future.succeededFuture(
                    new Refused(CallError.NOT_READY, "Too many requests wait already. Try again."));
        }
        WaitingRequests.Ticket ticket = admitted.get();
        KafkaProducerRecord<String, byte[]> record =
                KafkaProducerRecord.create(
                        Topics.CALL_COMMANDS.name(),
                        request.command().connection().call().toString(),
                        value);
        record.addHeader(KafkaHeaders.REPLY_PARTITION, replyPartition);
        record.addHeader(KafkaHeaders.CORRELATION, Long.toString(ticket.correlation()));
        record.addHeader(KafkaHeaders.GATEWAY_EPOCH, epoch);
        producer.send(record).onFailure(failure -> notSent(ticket.correlation(), failure));
        return ticket.answer();
    }

    private void notSent(long correlation, Throwable failure) {
        if (failure instanceof RecordTooLargeException) {
            waiting.answer(
                    correlation,
                    new Refused(CallError.BODY_TOO_LARGE, "The command is too large to be kept."));
            return;
        }
        LOG.atWarn()
                .addKeyValue(LogFields.REASON, failure.toString())
                .addKeyValue(LogFields.CORRELATION_ID, correlation)
                .log("command not sent");
        waiting.answer(
                correlation,
                new Refused(CallError.NOT_READY, "The command could not be written. Try again."));
    }

    private void received(ConsumerRecord<String, byte[]> record) {
        if (!epoch.equals(header(record, KafkaHeaders.GATEWAY_EPOCH))) {
            return;
        }
        long correlation = correlation(record);
        try {
            CallReply reply = Topics.CALL_REPLIES.codec().decode(record.value());
            waiting.answer(correlation, reply.answer());
        } catch (UndecodableException e) {
            deadLetter(record, String.valueOf(e.getMessage()));
            waiting.answer(
                    correlation, new Refused(CallError.INTERNAL, "The answer is unreadable."));
        }
    }

    private static long correlation(ConsumerRecord<String, byte[]> record) {
        try {
            return Long.parseLong(header(record, KafkaHeaders.CORRELATION));
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    private void deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
        telemetry.counter(Telemetry.DEAD_LETTERS, "topic", record.topic()).increment();
        LOG.atWarn()
                .addKeyValue(LogFields.TOPIC, record.topic())
                .addKeyValue(LogFields.PARTITION, record.partition())
                .addKeyValue(LogFields.OFFSET, record.offset())
                .addKeyValue(LogFields.REASON, reason)
                .log("reply cannot be read");
        ProducerRecord<String, byte[]> letter = DeadLetters.of(record, reason);
        vertx.executeBlocking(() -> own.send(letter))
                .onFailure(
                        failure -> LOG.atError().setCause(failure).log("dead letter not written"));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /// How many wait for their answer.
    public int waiting() {
        return waiting.size();
    }

    public Future<Void> stop() {
        return replies.stop().eventually(() -> producer.close(CLOSE.toMillis()));
    }
}
