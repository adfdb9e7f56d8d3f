package io.strowger.deploy.scale;

/// What a load needs, in whole machines and in installations ("cells") that share nothing.
///
/// @param callsPerWorker that one media node carries
/// @param workers in all cells
/// @param cells so that no cell has more workers or orchestrators than it may
/// @param orchestrators of two cores each, in all cells
/// @param serviceCores of everything but media
/// @param memoryGBytes of standing calls
/// @param mediaGbitPerSecond of RTP, one way
/// @param kafkaMBytesPerSecond written by producers, before copies
/// @param brokers in all cells
/// @param webhooksPerSecond POSTs to applications
public record Estimate(
        long callsPerWorker,
        long workers,
        long cells,
        long orchestrators,
        double serviceCores,
        double memoryGBytes,
        double mediaGbitPerSecond,
        double kafkaMBytesPerSecond,
        long brokers,
        double webhooksPerSecond) {
    /// G.711: 50 packets a second of 160 samples under RTP, UDP, IPv4 and Ethernet with its gaps.
    private static final double LEG_BITS_PER_SECOND = 50 * (160 + 12 + 8 + 20 + 38) * 8;

    /// 16 bits, 8 kHz, in chunks of 200 ms with their heads.
    private static final double RECORDED_BYTES_PER_SECOND = 8000 * 2 + 5 * 120;

    /// What one decision leaves on Kafka: state, event, order, answer and the input itself.
    private static final double RECORDS_PER_DECISION = 4;

    private static final int LEAST_BROKERS = 3;

    public static Estimate of(Load load, Measured measured, Limits limits) {
        long callsPerWorker =
                (long)
                        Math.floor(
                                limits.coresPerWorker()
                                        * measured.fill()
                                        * 1000
                                        / measured.mediaCpuMs());
        long workers = whole(load.calls() / (double) callsPerWorker);
        double decisions =
                load.arrivalsPerSecond() * load.commandsPerCall() * measured.decisionsPerCommand();
        long orchestrators = whole(decisions / (measured.decisionsPerSecond() * measured.fill()));
        long cells =
                Math.max(
                        whole(workers / (double) limits.workers()),
                        whole(orchestrators / (double) limits.callPartitions()));
        double kafkaBytes =
                decisions * RECORDS_PER_DECISION * measured.recordBytes()
                        + load.calls() * load.recordedShare() * RECORDED_BYTES_PER_SECOND;
        double copiedMBytes = kafkaBytes * limits.replication() / 1e6;
        long brokers =
                Math.max(
                        LEAST_BROKERS * cells,
                        whole(copiedMBytes / (limits.brokerMBytesPerSecond() * measured.fill())));
        return new Estimate(
                callsPerWorker,
                workers,
                cells,
                orchestrators,
                load.arrivalsPerSecond() * measured.decisionCpuMs() / 1000 / measured.fill(),
                load.calls() * measured.standingCallBytes() / 1e9,
                load.calls() * LEG_BITS_PER_SECOND / 1e9,
                kafkaBytes / 1e6,
                brokers,
                load.arrivalsPerSecond() * load.eventsPerCall());
    }

    private static long whole(double amount) {
        return Math.max(1, (long) Math.ceil(amount));
    }
}
