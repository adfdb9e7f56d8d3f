package io.strowger.simulation;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// A gateway: commands to the log, answers from its own partition of it, 503 when none comes in
/// time. What waits dies with it.
final class SimGateway extends SimProcess {
    private static final long PATIENCE_MS = 5_000;
    private final int ordinal;
    private final SplittableRandom random;
    private final TopicPartition replies;
    private final Map<String, Consumer<Answer>> waiting = new LinkedHashMap<>();
    private final String epoch;
    private long read;
    private long lastCorrelation;

    SimGateway(World world, int ordinal, SplittableRandom random) {
        super(world, "gateway-" + ordinal);
        this.ordinal = ordinal;
        this.random = random;
        this.replies = new TopicPartition(Topics.CALL_REPLIES.name(), ordinal);
        this.epoch = Long.toHexString(random.nextLong());
    }

    void start() {
        read = world.kafka.end(replies);
        world.kafka.listen(replies, this, this::readReplies);
    }

    /// @param done called once, unless this process dies before
    void submit(CallRequest request, Consumer<Answer> done) {
        String correlation = Long.toString(++lastCorrelation);
        waiting.put(correlation, done);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.CALL_COMMANDS.name(),
                        request.command().call().toString(),
                        Topics.CALL_COMMANDS.codec().encode(request));
        header(record, KafkaHeaders.REPLY_PARTITION, Integer.toString(ordinal));
        header(record, KafkaHeaders.CORRELATION, correlation);
        header(record, KafkaHeaders.GATEWAY_EPOCH, epoch);
        later(1 + random.nextInt(4), () -> write(record, correlation));
        later(PATIENCE_MS, () -> answer(correlation, notReady()));
    }

    private static Answer notReady() {
        return new CallReply.Refused(CallError.NOT_READY, "There was no answer in time.");
    }

    private void write(ProducerRecord<String, byte[]> record, String correlation) {
        if (hasKafka()) {
            world.kafka.append(record);
        } else if (waiting.containsKey(correlation)) {
            later(100, () -> write(record, correlation));
        }
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private void readReplies() {
        if (!hasKafka()) {
            later(100, this::readReplies);
            return;
        }
        for (ConsumerRecord<String, byte[]> record : world.kafka.read(replies, read)) {
            read = record.offset() + 1;
            if (epoch.equals(header(record, KafkaHeaders.GATEWAY_EPOCH))) {
                CallReply reply = SimKafka.decoded(Topics.CALL_REPLIES.codec(), record.value());
                answer(header(record, KafkaHeaders.CORRELATION), reply.answer());
            }
        }
    }

    private void answer(String correlation, Answer answer) {
        Consumer<Answer> done = waiting.remove(correlation);
        if (done != null) {
            done.accept(answer);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    void died() {
        waiting.clear();
    }
}
