package io.strowger.orchestrator.core.call;

import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.stream.StreamOptions;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamSubscription;
import io.strowger.contracts.stream.StreamTarget;
import io.strowger.contracts.stream.TranscriptionOptions;
import io.strowger.contracts.stream.TranscriptionSpec;
import io.strowger.contracts.stream.TranscriptionSubscription;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The stream of a connection to its application, of audio or of words: one of each at a time, any
/// number one after the other.
///
/// @param startNow as soon as the connection is in the call
/// @param runs streams begun so far
/// @param phase of the last of them
/// @param connections WebSockets of it that were told of
/// @param begun who asked for it
/// @param ended who asked to end it; null: nobody
/// @param update the last change of its spec while it ran; null: there was none
public record Streaming<S extends StreamTarget>(
        S spec,
        boolean startNow,
        int runs,
        Phase phase,
        int connections,
        Asked begun,
        @Nullable Asked ended,
        @Nullable Update update) {
    private static final Asked NOBODY = new Asked(null, null);

    /// How far it is.
    public enum Phase {
        OFF,
        /// The worker was told to begin.
        STARTING,
        /// Audio or words flow, or flowed and will again.
        ACTIVE,
        /// The worker was told to end.
        STOPPING
    }

    /// Who asked for something, and where they want to hear of it.
    ///
    /// @param callbackUri null: at the connection's own
    public record Asked(@Nullable String operationContext, @Nullable URI callbackUri) {}

    /// A change of the spec.
    ///
    /// @param number from 1 for each stream
    /// @param pending whether the worker has still to say that it is done
    public record Update(int number, Asked by, boolean pending) {}

    static @Nullable Streaming<StreamSpec> of(@Nullable StreamOptions options) {
        return options == null ? null : off(options.spec(), options.startNow());
    }

    static @Nullable Streaming<TranscriptionSpec> of(@Nullable TranscriptionOptions options) {
        return options == null ? null : off(options.spec(), options.startNow());
    }

    private static <S extends StreamTarget> Streaming<S> off(S spec, boolean startNow) {
        return new Streaming<>(spec, startNow, 0, Phase.OFF, 0, NOBODY, null, null);
    }

    boolean isOff() {
        return phase == Phase.OFF;
    }

    boolean isRunning() {
        return phase == Phase.STARTING || phase == Phase.ACTIVE;
    }

    boolean isBeingUpdated() {
        return update != null && update.pending();
    }

    /// The same with another spec, or with its own as the compiler is to know it.
    <T extends StreamTarget> Streaming<T> withSpec(T same) {
        return new Streaming<>(same, startNow, runs, phase, connections, begun, ended, update);
    }

    Streaming<S> starting(Asked by) {
        return new Streaming<>(spec, startNow, runs + 1, Phase.STARTING, 0, by, null, null);
    }

    Streaming<S> connected(int count) {
        return new Streaming<>(spec, startNow, runs, Phase.ACTIVE, count, begun, ended, update);
    }

    /// The connections are gone with their worker.
    Streaming<S> unconnected() {
        return new Streaming<>(spec, startNow, runs, phase, 0, begun, ended, update);
    }

    Streaming<S> updating(S next, Asked by) {
        int number = update == null ? 1 : update.number() + 1;
        return with(next, new Update(number, by, true));
    }

    Streaming<S> updated() {
        return with(spec, update == null ? null : new Update(update.number(), update.by(), false));
    }

    private Streaming<S> with(S next, @Nullable Update change) {
        return new Streaming<>(next, startNow, runs, phase, connections, begun, ended, change);
    }

    Streaming<S> stopping(Asked by) {
        return new Streaming<>(
                spec, startNow, runs, Phase.STOPPING, connections, begun, by, update);
    }

    Streaming<S> off() {
        return new Streaming<>(spec, startNow, runs, Phase.OFF, connections, begun, ended, update);
    }

    /// Of the last stream, or the first to come: the same whenever this decision is taken again.
    OperationId id(CallConnectionId connection) {
        UUID of = connection.value();
        long kind =
                switch (spec) {
                    case StreamSpec _ -> 0;
                    case TranscriptionSpec _ -> 0xA076_1D64_78BD_642FL;
                };
        return new OperationId(
                new UUID(
                        of.getMostSignificantBits() ^ Math.max(1, runs) * 0xD6E8_FEB8_6659_FD93L,
                        of.getLeastSignificantBits() ^ kind));
    }

    static StreamSubscription audio(Streaming<StreamSpec> one, CallConnectionId connection) {
        return new StreamSubscription(one.id(connection), one.phase == Phase.ACTIVE);
    }

    static TranscriptionSubscription words(
            Streaming<TranscriptionSpec> one, CallConnectionId connection) {
        return new TranscriptionSubscription(
                one.id(connection),
                one.phase == Phase.ACTIVE,
                one.spec.intermediateResults(),
                one.spec.locale());
    }
}
