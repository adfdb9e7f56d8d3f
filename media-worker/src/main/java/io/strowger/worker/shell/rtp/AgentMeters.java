package io.strowger.worker.shell.rtp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.worker.core.bridge.MediaCounts;
import java.util.concurrent.TimeUnit;

/// Brings a media thread's counts to the meters, a few times a second. For that thread.
final class AgentMeters {
    private final Timer lateness;
    private final Counter sent;
    private final Counter sendFailed;
    private final Counter received;
    private final Counter foreign;
    private final Counter malformed;
    private final Counter unauthentic;
    private long sentBefore;
    private long sendFailedBefore;
    private long receivedBefore;
    private long foreignBefore;
    private long malformedBefore;
    private long unauthenticBefore;

    private enum Way {
        OUT,
        IN
    }

    private enum Outcome {
        OK,
        FAILED,
        FOREIGN,
        MALFORMED,
        UNAUTHENTIC
    }

    AgentMeters(Telemetry telemetry) {
        lateness = telemetry.timer(Telemetry.MEDIA_TICK_LATENESS);
        sent = packets(telemetry, Way.OUT, Outcome.OK);
        sendFailed = packets(telemetry, Way.OUT, Outcome.FAILED);
        received = packets(telemetry, Way.IN, Outcome.OK);
        foreign = packets(telemetry, Way.IN, Outcome.FOREIGN);
        malformed = packets(telemetry, Way.IN, Outcome.MALFORMED);
        unauthentic = packets(telemetry, Way.IN, Outcome.UNAUTHENTIC);
    }

    private static Counter packets(Telemetry telemetry, Way way, Outcome outcome) {
        return telemetry.counter(Telemetry.RTP_PACKETS, "direction", way, "outcome", outcome);
    }

    /// How late a tick began.
    void late(long ns) {
        lateness.record(Math.max(0, ns), TimeUnit.NANOSECONDS);
    }

    void take(MediaCounts counts) {
        sent.increment(counts.sent() - sentBefore);
        sentBefore = counts.sent();
        sendFailed.increment(counts.sendFailed() - sendFailedBefore);
        sendFailedBefore = counts.sendFailed();
        received.increment(counts.received() - receivedBefore);
        receivedBefore = counts.received();
        foreign.increment(counts.foreign() - foreignBefore);
        foreignBefore = counts.foreign();
        malformed.increment(counts.malformed() - malformedBefore);
        malformedBefore = counts.malformed();
        unauthentic.increment(counts.unauthentic() - unauthenticBefore);
        unauthenticBefore = counts.unauthentic();
    }
}
