package io.strowger.runtime.kafka;

import io.strowger.contracts.kafka.Topic;
import io.strowger.contracts.kafka.TopicLayout;
import io.strowger.contracts.kafka.Topics;
import io.strowger.runtime.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a topic of this installation should be in the cluster. The services, `strowger topics` and
/// the manifests in `deploy` all go by it.
///
/// @param partitions fixed for life
/// @param replication copies of each record
/// @param configs the topic's own settings, sorted by name, in Kafka's words and units
public record TopicPlan(
        String name, int partitions, short replication, Map<String, String> configs) {
    private static final Duration DEAD_LETTERS = Duration.ofDays(14);

    public TopicPlan {
        configs = Map.copyOf(configs);
    }

    /// All topics of [Topics], each followed by its dead letters.
    public static List<TopicPlan> all(Settings.Kafka settings) {
        return all(settings.partitions(), settings.replicationFactor());
    }

    /// @param callPartitions of every topic keyed by call
    public static List<TopicPlan> all(int callPartitions, short replication) {
        List<TopicPlan> plans = new ArrayList<>();
        for (Topic<?> topic : Topics.all()) {
            int partitions = topic.layout().fixedPartitions().orElse(callPartitions);
            plans.add(
                    new TopicPlan(
                            topic.name(),
                            partitions,
                            replication,
                            configs(topic.layout(), replication)));
            plans.add(
                    new TopicPlan(
                            topic.deadLetterName(),
                            1,
                            replication,
                            configs(
                                    new TopicLayout(
                                            topic.layout().fixedPartitions(), false, DEAD_LETTERS),
                                    replication)));
        }
        return plans;
    }

    private static Map<String, String> configs(TopicLayout layout, short replication) {
        Map<String, String> configs = new TreeMap<>();
        configs.put("max.message.bytes", Integer.toString(KafkaClients.MAX_RECORD_BYTES));
        // With three copies one broker may be away and an answered write still is on two.
        configs.put("min.insync.replicas", replication >= 3 ? "2" : "1");
        if (layout.compacted()) {
            configs.put("cleanup.policy", "compact");
            configs.put("min.compaction.lag.ms", "60000");
            configs.put("segment.ms", "3600000");
        } else {
            configs.put("cleanup.policy", "delete");
            configs.put("retention.ms", Long.toString(layout.retention().toMillis()));
        }
        return configs;
    }
}
