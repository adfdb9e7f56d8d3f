package io.strowger.deploy.scale;

/// What one call costs, from `docs/performance.md`, and how full things may be.
///
/// @param mediaCpuMs of one core, a call and second: a prompt to one phone and its echo back
/// @param decisionCpuMs of one core, of a whole call in all services but its media
/// @param standingCallBytes of memory, in all services together
/// @param decisionsPerSecond of one orchestrator: what two cores did beside their load generator
/// @param decisionsPerCommand the command itself and the facts that come of it
/// @param recordBytes of a record on Kafka, its state included, compressed no further
/// @param fill how much of a core, a broker or a line is planned with, 0..1
public record Measured(
        double mediaCpuMs,
        double decisionCpuMs,
        double standingCallBytes,
        double decisionsPerSecond,
        double decisionsPerCommand,
        double recordBytes,
        double fill) {
    /// As measured on two cores, with half of everything left free for a zone that fails.
    public static Measured standard() {
        return new Measured(1.06, 10.8, 67 * 1024.0, 4000, 3, 700, 0.5);
    }
}
