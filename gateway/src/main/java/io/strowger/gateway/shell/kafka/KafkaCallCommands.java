package io.strowger.gateway.shell.kafka;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Refused;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.gateway.shell.CallCommands;
import io.strowger.runtime.kafka.DeadLetters;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Spans;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.runtime.telemetry.TraceHeaders;
import io.strowger.runtime.telemetry.TraceSpan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands as records of `call.commands`, keyed by their call; answers from the one partition of
/// `call.replies` that this process reads. Safe for use by all event loops.
public final class KafkaCallCommands implements CallCommands {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaCallCommands.class);
    private static final int LETTER_TRIES = 250;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration SHORTEST_DELIVERY = Duration.ofSeconds(2);
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private final Vertx vertx;
    private final String epoch;
    private final String replyPartition;
    private final WaitingRequests waiting;
    private final ReplyReader replies;
    private final Telemetry telemetry;
    private final Spans spans;
    private final KafkaProducer<String, byte[]> producer;

    /// Connects in the background; [#start] waits for it.
    public KafkaCallCommands(Vertx vertx, ServiceContext context) {
        Settings.Gateway settings = context.settings().gateway();
        this.vertx = vertx;
        this.telemetry = context.telemetry();
        this.spans = telemetry.tracing().of("gateway");
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
        this.producer =
                new KafkaProducer<>(
                        producerSettings(context, settings.replyTimeout()),
                        new StringSerializer(),
                        new ByteArraySerializer());
        telemetry.gauge(Telemetry.GATEWAY_WAITING, waiting::size);
    }

    /// A command whose caller was told "try again" must not be sent much later: delivery is given
    /// up when the caller is, and as the topic is never forgotten no command waits for a broker
    /// that is away before it even counts as sent. Sending never blocks, so it is done on the event
    /// loop: a command that finds no room is refused at once.
    private static Map<String, Object> producerSettings(
            ServiceContext context, Duration replyTimeout) {
        Map<String, Object> settings = context.kafka().producerSettings(0);
        Duration delivery =
                replyTimeout.compareTo(SHORTEST_DELIVERY) < 0 ? SHORTEST_DELIVERY : replyTimeout;
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(delivery.toMillis()));
        settings.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(delivery.toMillis() / 2));
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Integer.toString(Integer.MAX_VALUE));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "0");
        return settings;
    }

    /// Completes when a reply to whatever is submitted from now on will be seen, and the topic of
    /// the commands is known.
    public Future<Void> start() {
        return replies.start().compose(unused -> topicKnown());
    }

    /// Asking makes the client fetch what it does not know; it does not wait for it.
    private Future<Void> topicKnown() {
        return vertx.executeBlocking(() -> producer.partitionsFor(Topics.CALL_COMMANDS.name()))
                .<Void>mapEmpty()
                .recover(failure ->
                        failure instanceof TimeoutException
                                ? vertx.timer(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                                        .compose(unused -> topicKnown())
                                : Future.failedFuture(failure));
    }

    @Override
    public Future<Answer> submit(CallRequest request, @Nullable TraceContext cause) {
        byte[] value = Topics.CALL_COMMANDS.codec().encode(request);
        Optional<WaitingRequests.Ticket> admitted = waiting.admit();
        if (admitted.isEmpty()) {
            return Future.succeededFuture(
                    new Refused(CallError.NOT_READY, "Too many requests wait already. Try again."));
        }
        WaitingRequests.Ticket ticket = admitted.get();
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.CALL_COMMANDS.name(), request.command().call().toString(), value);
        header(record, KafkaHeaders.REPLY_PARTITION, replyPartition);
        header(record, KafkaHeaders.CORRELATION, Long.toString(ticket.correlation()));
        header(record, KafkaHeaders.GATEWAY_EPOCH, epoch);
        TraceSpan span = sending(request, cause);
        TraceHeaders.write(record.headers(), span.context());
        send(record, ticket.correlation(), span);
        return ticket.answer();
    }

    private TraceSpan sending(CallRequest request, @Nullable TraceContext cause) {
        if (!spans.isOn()) {
            return TraceSpan.passing(cause);
        }
        return spans.producer("send " + Topics.CALL_COMMANDS.name(), cause)
                .set("messaging.system", "kafka")
                .set("messaging.operation.type", "send")
                .set("messaging.destination.name", Topics.CALL_COMMANDS.name())
                .set("strowger.command", request.command().getClass().getSimpleName())
                .set("strowger.server_call_id", request.command().call().toString());
    }

    private void send(ProducerRecord<String, byte[]> record, long correlation, TraceSpan span) {
        try {
            producer.send(
                    record,
                    (written, failure) -> {
                        if (failure != null) {
                            span.fail(failure.getClass().getSimpleName());
                            notSent(correlation, failure);
                        }
                        span.end();
                    });
        } catch (KafkaException e) {
            span.fail(e.getClass().getSimpleName()).end();
            notSent(correlation, e);
        }
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
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
        DeadLetters.tell(record, reason, telemetry);
        writeLetter(DeadLetters.of(record, reason), LETTER_TRIES);
    }

    /// Its topic may not be known yet: asking for it makes the client fetch it.
    private void writeLetter(ProducerRecord<String, byte[]> letter, int tries) {
        producer.send(
                letter,
                (written, failure) -> {
                    if (failure instanceof TimeoutException && tries > 1) {
                        vertx.setTimer(
                                LOOK_AGAIN.toMillis(), timer -> writeLetter(letter, tries - 1));
                    } else if (failure != null) {
                        LOG.atError().setCause(failure).log("dead letter not written");
                    }
                });
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
        return replies.stop().eventually(() -> vertx.executeBlocking(this::close));
    }

    private Void close() {
        producer.close(CLOSE);
        return null;
    }
}
