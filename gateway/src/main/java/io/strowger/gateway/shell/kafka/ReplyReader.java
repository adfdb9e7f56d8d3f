package io.strowger.gateway.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.ops.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads this gateway's own partition of `call.replies` from where it ends at the start.
/// Crash-only: a reader that fails is closed and another one begins. What is missed in between is
/// answered by the timers of those who wait.
final class ReplyReader {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_MS = 300;
    private final Vertx vertx;
    private final KafkaClients kafka;
    private final TopicPartition partition;
    private final Health.Check health;
    private final Consumer<ConsumerRecord<String, byte[]>> receiver;
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile boolean stopped;

    /// @param receiver gets each record, one after the other, on an event loop
    ReplyReader(
            Vertx vertx,
            KafkaClients kafka,
            int partition,
            Health.Check health,
            Consumer<ConsumerRecord<String, byte[]>> receiver) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.partition = new TopicPartition(Topics.CALL_REPLIES.name(), partition);
        this.health = health;
        this.receiver = receiver;
    }

    /// Completes when the end of the partition is known, so that no reply to a later command can be
    /// missed.
    Future<Void> start() {
        return vertx.executeBlocking(() -> KafkaConsumer.create(vertx, kafka.assignedConsumer()))
                .map(Objects::requireNonNull)
                .compose(this::read);
    }

    private Future<Void> read(KafkaConsumer<String, byte[]> reader) {
        consumer = reader;
        reader.pollTimeout(POLL);
        reader.exceptionHandler(failure -> again(reader, failure));
        return reader.assign(Set.of(partition))
                .compose(unused -> reader.seekToEnd(partition))
                .compose(unused -> reader.position(partition))
                .map(position -> {
                    reader.handler(record -> receiver.accept(record.record()));
                    health.up();
                    return null;
                });
    }

    private void again(KafkaConsumer<String, byte[]> failed, Throwable failure) {
        if (stopped || consumer != failed) {
            return;
        }
        consumer = null;
        health.down("starting anew after " + failure.getClass().getSimpleName());
        LOG.atError().setCause(failure).log("reading replies failed and starts anew");
        failed.close().onComplete(unused -> vertx.setTimer(PAUSE_MS, timer -> restart()));
    }

    private void restart() {
        if (!stopped) {
            start().onFailure(failure -> {
                LOG.atError().setCause(failure).log("reading replies cannot start");
                vertx.setTimer(PAUSE_MS, timer -> restart());
            });
        }
    }

    Future<Void> stop() {
        stopped = true;
        health.down("stopped");
        KafkaConsumer<String, byte[]> reader = consumer;
        return reader == null ? Future.succeededFuture() : reader.close();
    }
}
