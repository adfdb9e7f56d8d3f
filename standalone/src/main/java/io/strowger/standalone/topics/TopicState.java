package io.strowger.standalone.topics;

import io.strowger.runtime.kafka.TopicPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A topic as it should be, and as it is.
///
/// @param partitions 0: the topic is not there
/// @param replication the least of its partitions
/// @param configs what the cluster applies, its own defaults included
public record TopicState(
        TopicPlan plan, int partitions, int replication, Map<String, String> configs) {

    static TopicState missing(TopicPlan plan) {
        return new TopicState(plan, 0, 0, Map.of());
    }

    public boolean isMissing() {
        return partitions == 0;
    }

    /// What to mend, a line each; empty: all is as it should be. Records may be kept longer and be
    /// larger than planned, and there may be more copies: no promise depends on the upper side.
    public List<String> faults() {
        if (isMissing()) {
            return List.of("is missing: strowger topics --create makes it");
        }
        List<String> faults = new ArrayList<>();
        if (partitions != plan.partitions()) {
            faults.add(
                    "has "
                            + partitions
                            + " partitions, not "
                            + plan.partitions()
                            + ": set kafka.partitions to what is there, or see docs/topics.md");
        }
        if (replication < plan.replication()) {
            faults.add(
                    "has "
                            + replication
                            + " copies, not "
                            + plan.replication()
                            + ": kafka-reassign-partitions adds them");
        }
        new TreeMap<>(plan.configs()).forEach((key, wanted) -> compare(key, wanted, faults));
        return faults;
    }

    private void compare(String key, String wanted, List<String> faults) {
        String present = configs.getOrDefault(key, "");
        boolean good =
                switch (key) {
                    case "retention.ms" -> isForever(present) || atLeast(present, wanted);
                    case "max.message.bytes", "min.insync.replicas" -> atLeast(present, wanted);
                    case "segment.ms", "min.compaction.lag.ms" -> true; // only how tidy it is
                    default -> present.equals(wanted);
                };
        if (!good) {
            faults.add(
                    "has "
                            + key
                            + "="
                            + present
                            + ", not "
                            + wanted
                            + ": kafka-configs --alter --entity-type topics --entity-name "
                            + plan.name()
                            + " --add-config "
                            + key
                            + "="
                            + wanted);
        }
    }

    private static boolean isForever(String value) {
        return value.equals("-1");
    }

    private static boolean atLeast(String present, String wanted) {
        return !present.isEmpty() && Long.parseLong(present) >= Long.parseLong(wanted);
    }
}
