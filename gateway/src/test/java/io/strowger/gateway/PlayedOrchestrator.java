package io.strowger.gateway;

import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.runtime.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The other side of the log, played by the test: reads every command and writes what the test
/// wants as its reply.
final class PlayedOrchestrator implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Thread thread;
    private final List<CallRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Function<CallRequest, byte @Nullable []> script = request -> null;
    private volatile boolean stopping;

    PlayedOrchestrator(KafkaClients kafka, int partitions) {
        consumer = kafka.assignedConsumer();
        List<TopicPartition> all =
                IntStream.range(0, partitions)
                        .mapToObj(n -> new TopicPartition(Topics.CALL_COMMANDS.name(), n))
                        .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
        producer = kafka.producer(0);
        thread = Thread.ofPlatform().name("played-orchestrator").start(this::run);
    }

    /// From now on every command gets this answer.
    void answers(Function<CallRequest, Answer> answer) {
        script =
                request ->
                        Topics.CALL_REPLIES
                                .codec()
                                .encode(new CallReply(request.commandId(), answer.apply(request)));
    }

    /// From now on every command gets these bytes as its reply; null: none.
    void writes(byte @Nullable [] bytes) {
        script = request -> bytes;
    }

    List<CallRequest> requests() {
        return requests;
    }

    CallRequest last() {
        return requests.getLast();
    }

    private void run() {
        while (!stopping) {
            consumer.poll(Duration.ofMillis(20)).forEach(this::answer);
        }
    }

    private void answer(ConsumerRecord<String, byte[]> record) {
        CallRequest request;
        try {
            request = Topics.CALL_COMMANDS.codec().decode(record.value());
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
        requests.add(request);
        byte[] reply = script.apply(request);
        if (reply != null) {
            int partition =
                    Integer.parseInt(
                            new String(
                                    record.headers()
                                            .lastHeader(KafkaHeaders.REPLY_PARTITION)
                                            .value(),
                                    StandardCharsets.UTF_8));
            producer.send(
                    new ProducerRecord<>(
                            Topics.CALL_REPLIES.name(),
                            partition,
                            record.key(),
                            reply,
                            record.headers()));
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
        consumer.close();
        producer.close();
    }
}
