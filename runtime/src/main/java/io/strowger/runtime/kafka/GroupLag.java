package io.strowger.runtime.kafka;

import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many records a consumer group is behind, topic by topic, as a gauge. The brokers are asked,
/// on a thread of its own, so that the figure is right also while the group's own consumers hang or
/// are paused. Every member tells of the whole group. `NaN` until the first answer and while no
/// broker answers.
public final class GroupLag implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupLag.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final long PATIENCE_S = 5;
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private final KafkaClients kafka;
    private final String group;
    private final List<String> topics;
    private final Duration every;
    private final Map<String, Long> behind = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /// @param topics that the group commits offsets of
    public GroupLag(KafkaClients kafka, String group, List<String> topics, Telemetry telemetry) {
        this(kafka, group, topics, telemetry, EVERY);
    }

    /// @param every how often the brokers are asked
    GroupLag(
            KafkaClients kafka,
            String group,
            List<String> topics,
            Telemetry telemetry,
            Duration every) {
        this.kafka = kafka;
        this.group = group;
        this.topics = List.copyOf(topics);
        this.every = every;
        this.topics.forEach(topic ->
                telemetry.gauge(
                        Telemetry.CONSUMER_LAG, () -> of(topic), "group", group, "topic", topic));
        this.thread = Thread.ofPlatform().name("group-lag").daemon().unstarted(this::run);
    }

    private double of(String topic) {
        Long records = behind.get(topic);
        return records == null ? Double.NaN : records;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try (Admin admin = kafka.admin()) {
            boolean known = true;
            while (!stopping.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                known = look(admin, known);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param told false when the last look failed: that was logged
    private boolean look(Admin admin, boolean told) throws InterruptedException {
        try {
            Map<String, Long> now = ask(admin);
            behind.putAll(now);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            behind.clear();
            if (told) {
                LOG.atWarn()
                        .addKeyValue("group", group)
                        .setCause(e)
                        .log("how far the group is behind is not known");
            }
            return false;
        }
    }

    private Map<String, Long> ask(Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> newest = new HashMap<>();
        Map<TopicPartition, OffsetSpec> oldest = new HashMap<>();
        Map<String, TopicDescription> described =
                admin.describeTopics(topics).allTopicNames().get(PATIENCE_S, TimeUnit.SECONDS);
        described.forEach((topic, description) ->
                description
                        .partitions()
                        .forEach(info -> {
                            TopicPartition at = new TopicPartition(topic, info.partition());
                            newest.put(at, OffsetSpec.latest());
                            oldest.put(at, OffsetSpec.earliest());
                        }));
        Map<TopicPartition, OffsetAndMetadata> done =
                admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get(PATIENCE_S, TimeUnit.SECONDS);
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(admin, newest);
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(admin, oldest);
        Map<String, Long> sums = new HashMap<>();
        ends.forEach((at, end) ->
                sums.merge(
                        at.topic(),
                        Math.max(0, end.offset() - next(done.get(at), begins.get(at))),
                        Long::sum));
        return sums;
    }

    /// Where the group would go on: what was never committed, or is deleted, from the beginning.
    private static long next(
            @Nullable OffsetAndMetadata committed, @Nullable ListOffsetsResultInfo begin) {
        long first = begin == null ? 0 : begin.offset();
        return committed == null ? first : Math.max(first, committed.offset());
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, Map<TopicPartition, OffsetSpec> which)
            throws InterruptedException, ExecutionException, TimeoutException {
        return admin.listOffsets(which, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        stopping.countDown();
        if (thread.isAlive()) {
            thread.interrupt();
            thread.join(CLOSE);
        }
    }
}
