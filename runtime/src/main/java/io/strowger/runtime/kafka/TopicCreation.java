package io.strowger.runtime.kafka;

import io.strowger.contracts.kafka.Topic;
import io.strowger.contracts.kafka.TopicLayout;
import io.strowger.contracts.kafka.Topics;
import io.strowger.runtime.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Makes the topics that are missing and refuses a cluster whose topics are laid out otherwise.
/// Safe to run from several processes at once.
public final class TopicCreation {
    private static final Duration DEAD_LETTERS = Duration.ofDays(14);
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(15);

    private TopicCreation() {}

    /// @throws IllegalStateException naming the topic whose number of partitions is not the set one
    public static void ensure(Admin admin, Settings.Kafka settings)
            throws InterruptedException, ExecutionException {
        List<NewTopic> wanted = new ArrayList<>();
        for (Topic<?> topic : Topics.all()) {
            wanted.add(newTopic(topic.name(), topic.layout(), settings));
            wanted.add(
                    new NewTopic(topic.deadLetterName(), 1, settings.replicationFactor())
                            .configs(
                                    Map.of(
                                            "retention.ms",
                                            Long.toString(DEAD_LETTERS.toMillis()))));
        }
        var present = admin.listTopics().names().get();
        List<NewTopic> missing =
                wanted.stream().filter(topic -> !present.contains(topic.name())).toList();
        for (var result : admin.createTopics(missing).values().entrySet()) {
            try {
                result.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        check(admin, wanted);
    }

    private static void check(Admin admin, List<NewTopic> wanted)
            throws InterruptedException, ExecutionException {
        Map<String, TopicDescription> present =
                describe(admin, wanted.stream().map(NewTopic::name).toList());
        for (NewTopic topic : wanted) {
            int partitions =
                    java.util.Objects.requireNonNull(present.get(topic.name())).partitions().size();
            if (partitions != topic.numPartitions()) {
                throw new IllegalStateException(
                        "topic "
                                + topic.name()
                                + " has "
                                + partitions
                                + " partitions, not "
                                + topic.numPartitions()
                                + ": kafka.partitions cannot change once topics exist");
            }
        }
    }

    /// A topic that was just made may not have reached the broker that is asked.
    private static Map<String, TopicDescription> describe(Admin admin, List<String> names)
            throws InterruptedException, ExecutionException {
        long deadlineNs = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (true) {
            try {
                return admin.describeTopics(names).allTopicNames().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() - deadlineNs > 0) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static NewTopic newTopic(String name, TopicLayout layout, Settings.Kafka settings) {
        Map<String, String> configs = new HashMap<>();
        configs.put("max.message.bytes", Integer.toString(KafkaClients.MAX_RECORD_BYTES));
        if (layout.compacted()) {
            configs.put("cleanup.policy", "compact");
            configs.put("min.compaction.lag.ms", "60000");
            configs.put("segment.ms", "3600000");
        } else {
            configs.put("retention.ms", Long.toString(layout.retention().toMillis()));
        }
        int partitions = layout.fixedPartitions().orElse(settings.partitions());
        return new NewTopic(name, partitions, settings.replicationFactor()).configs(configs);
    }
}
