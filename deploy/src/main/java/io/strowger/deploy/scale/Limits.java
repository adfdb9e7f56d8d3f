package io.strowger.deploy.scale;

/// What one installation cannot go beyond, by its layout on Kafka.
///
/// @param workers partitions of `media.commands`
/// @param coresPerWorker of the nodes that carry media
/// @param callPartitions of the topics keyed by call, and so orchestrators at most
/// @param replication of every topic
/// @param brokerMBytesPerSecond that one broker takes in, from producers and other brokers
public record Limits(
        int workers,
        int coresPerWorker,
        int callPartitions,
        int replication,
        double brokerMBytesPerSecond) {
    /// Sixteen cores a media node, 48 partitions, three copies, 100 MB/s a broker.
    public static Limits standard(int workers) {
        return new Limits(workers, 16, 48, 3, 100);
    }
}
