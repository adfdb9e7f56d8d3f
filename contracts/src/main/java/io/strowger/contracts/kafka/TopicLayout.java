package io.strowger.contracts.kafka;

import java.time.Duration;
import java.util.OptionalInt;

/// How a topic is created.
///
/// @param fixedPartitions the number of partitions; empty: the installation's number of call
///   partitions, fixed for life
/// @param compacted keeps the last value of each key; else records are deleted after `retention`
public record TopicLayout(OptionalInt fixedPartitions, boolean compacted, Duration retention) {
    static TopicLayout byCall(Duration retention) {
        return new TopicLayout(OptionalInt.empty(), false, retention);
    }

    static TopicLayout byCallCompacted() {
        return new TopicLayout(OptionalInt.empty(), true, Duration.ZERO);
    }

    static TopicLayout fixed(int partitions, Duration retention) {
        return new TopicLayout(OptionalInt.of(partitions), false, retention);
    }

    static TopicLayout fixedCompacted(int partitions) {
        return new TopicLayout(OptionalInt.of(partitions), true, Duration.ZERO);
    }
}
