package io.strowger.gateway.shell.kafka;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Refused;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.gateway.shell.CallCommands;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.settings.Settings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends commands to `call.commands` and waits for their replies.
public final class KafkaCallCommands implements CallCommands {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaCallCommands.class);
    private final Vertx vertx;
    private final Settings.Gateway settings;
    private final KafkaProducer<String, byte[]> producer;
    private final ReplyTable table = new ReplyTable();
    private final String epoch;

    /// @param epoch of this process, unlike that of any other
    public KafkaCallCommands(
            Vertx vertx, KafkaClients kafka, Settings.Gateway settings, String epoch) {
        this.vertx = vertx;
        this.settings = settings;
        this.epoch = epoch;
        this.producer = KafkaProducer.create(vertx, producerSettings(kafka, settings));
    }

    /// A command that could not be written by the time its client was told so must not be written
    /// later.
    private static Map<String, String> producerSettings(
            KafkaClients kafka, Settings.Gateway gateway) {
        Map<String, String> settings = new HashMap<>();
        kafka.producerSettings(0).forEach((key, value) -> settings.put(key, value.toString()));
        long patienceMs = gateway.replyTimeout().toMillis();
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
        settings.put(
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(patienceMs / 2));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(patienceMs / 2));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(patienceMs));
        return settings;
    }

    ReplyTable table() {
        return table;
    }

    String epoch() {
        return epoch;
    }

    /// Requests that wait for their reply now.
    public int waiting() {
        return table.size();
    }

    @Override
    public Future<Answer> submit(CallRequest request) {
        if (table.size() >= settings.maxInFlight()) {
            return Future.succeededFuture(
                    new Refused(CallError.NOT_READY, "Too many requests wait already. Try again."));
        }
        Context context = vertx.getOrCreateContext();
        Promise<Answer> promise = Promise.promise();
        String correlation =
                table.add(answer -> context.runOnContext(_ -> promise.tryComplete(answer)));
        long timer =
                vertx.setTimer(
                        settings.replyTimeout().toMillis(),
                        _ ->
                                table.answer(
                                        correlation,
                                        new Refused(
                                                CallError.NOT_READY,
                                                "No answer came in time. Try again.")));
        promise.future().onComplete(_ -> vertx.cancelTimer(timer));
        producer.send(record(request, correlation))
                .onFailure(failure -> {
                    LOG.atWarn().setCause(failure).log("a command could not be written");
                    table.answer(
                            correlation,
                            new Refused(
                                    CallError.NOT_READY,
                                    "The command could not be taken now. Try again."));
                });
        return promise.future();
    }

    private KafkaProducerRecord<String, byte[]> record(CallRequest request, String correlation) {
        return KafkaProducerRecord.<String, byte[]>create(
                        Topics.CALL_COMMANDS.name(),
                        request.command().connection().call().toString(),
                        Topics.CALL_COMMANDS.codec().encode(request))
                .addHeader(
                        KafkaHeaders.REPLY_PARTITION, Integer.toString(settings.replyPartition()))
                .addHeader(KafkaHeaders.CORRELATION, correlation)
                .addHeader(KafkaHeaders.GATEWAY_EPOCH, epoch);
    }

    public Future<Void> close() {
        return producer.close();
    }
}
