package io.strowger.orchestrator.core.call;

import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.stream.StreamOptions;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamSubscription;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The stream of a connection to its application: one at a time, any number one after the other.
///
/// @param startNow as soon as the connection is in the call
/// @param runs streams begun so far
/// @param phase of the last of them
/// @param connections WebSockets of it that were told of
/// @param begun who asked for it
/// @param ended who asked to end it; null: nobody
public record Streaming(
        StreamSpec spec,
        boolean startNow,
        int runs,
        Phase phase,
        int connections,
        Asked begun,
        @Nullable Asked ended) {
    private static final Asked NOBODY = new Asked(null, null);

    /// How far it is.
    public enum Phase {
        OFF,
        /// The worker was told to begin.
        STARTING,
        /// Audio flows, or flowed and will again.
        ACTIVE,
        /// The worker was told to end.
        STOPPING
    }

    /// Who asked for something, and where they want to hear of it.
    ///
    /// @param callbackUri null: at the connection's own
    public record Asked(@Nullable String operationContext, @Nullable URI callbackUri) {}

    static @Nullable Streaming of(@Nullable StreamOptions options) {
        return options == null
                ? null
                : new Streaming(options.spec(), options.startNow(), 0, Phase.OFF, 0, NOBODY, null);
    }

    boolean isOff() {
        return phase == Phase.OFF;
    }

    boolean isRunning() {
        return phase == Phase.STARTING || phase == Phase.ACTIVE;
    }

    Streaming starting(Asked by) {
        return new Streaming(spec, startNow, runs + 1, Phase.STARTING, 0, by, null);
    }

    Streaming connected(int count) {
        return new Streaming(spec, startNow, runs, Phase.ACTIVE, count, begun, ended);
    }

    /// The connections are gone with their worker.
    Streaming unconnected() {
        return new Streaming(spec, startNow, runs, phase, 0, begun, ended);
    }

    Streaming stopping(Asked by) {
        return new Streaming(spec, startNow, runs, Phase.STOPPING, connections, begun, by);
    }

    Streaming off() {
        return new Streaming(spec, startNow, runs, Phase.OFF, connections, begun, ended);
    }

    /// Of the last stream, or the first to come: the same whenever this decision is taken again.
    OperationId id(CallConnectionId connection) {
        UUID of = connection.value();
        return new OperationId(
                new UUID(
                        of.getMostSignificantBits() ^ Math.max(1, runs) * 0xD6E8_FEB8_6659_FD93L,
                        of.getLeastSignificantBits()));
    }

    StreamSubscription subscription(CallConnectionId connection) {
        return new StreamSubscription(id(connection), phase == Phase.ACTIVE);
    }
}
