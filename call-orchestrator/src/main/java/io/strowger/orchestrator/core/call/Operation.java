package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something that was accepted and has not ended: a play, a recognition, an invitation...
///
/// @param connection who asked
/// @param callbackUri where its events go; null: to the connection's callback
/// @param legs whom it concerns; empty: everyone
/// @param heardSince since when it plays; null: it does not, or did not yet
public record Operation(
        OperationId id,
        CallConnectionId connection,
        @Nullable String operationContext,
        @Nullable URI callbackUri,
        Phase phase,
        Kind kind,
        List<LegId> legs,
        @Nullable Instant heardSince) {
    /// How far an operation is.
    public enum Phase {
        /// Waits for those before it.
        QUEUED,
        /// The worker was told to do it.
        RUNNING,
        /// The worker does it.
        STARTED,
        /// The worker was told to end it.
        STOPPING
    }

    /// What is done.
    public sealed interface Kind {}

    /// What is heard or listened for; of these a call does one after the other.
    sealed interface Media extends Kind {
        List<PlaySource> sources();
    }

    public record Playing(List<PlaySource> sources, boolean loop) implements Media {
        public Playing {
            sources = List.copyOf(sources);
        }
    }

    /// @param collected so far
    /// @param spoken what else than tones is listened for; null: nothing
    public record Recognizing(
            List<PlaySource> sources,
            boolean interruptPrompt,
            CallCommand.DtmfOptions dtmf,
            List<Tone> collected,
            @Nullable SpokenInput spoken)
            implements Media {
        public Recognizing {
            sources = List.copyOf(sources);
            collected = List.copyOf(collected);
        }

        private Recognizing with(Tone tone) {
            return new Recognizing(
                    sources,
                    interruptPrompt,
                    dtmf,
                    Stream.concat(collected.stream(), Stream.of(tone)).toList(),
                    spoken);
        }
    }

    /// An invitation: its leg rings.
    public record Adding() implements Kind {}

    /// Takes back an invitation.
    public record Cancelling(OperationId invitation) implements Kind {}

    public record Removing() implements Kind {}

    public record SendingTones() implements Kind {}

    /// Its leg rings, to take the connection's place.
    ///
    /// @param transferee who is transferred
    public record Transferring(LegId transferee) implements Kind {}

    /// A participant comes over from another call. Its leg is there when that call has given it.
    public record Moving(Identifier participant, CallConnectionId from) implements Kind {}

    public Operation {
        legs = List.copyOf(legs);
    }

    /// One that nobody heard yet.
    Operation(
            OperationId id,
            CallConnectionId connection,
            @Nullable String operationContext,
            @Nullable URI callbackUri,
            Phase phase,
            Kind kind,
            List<LegId> legs) {
        this(id, connection, operationContext, callbackUri, phase, kind, legs, null);
    }

    Operation in(Phase next) {
        return with(next, kind, legs, heardSince);
    }

    Operation of(LegId leg) {
        return with(phase, kind, List.of(leg), heardSince);
    }

    Operation heard(Instant since) {
        return with(Phase.STARTED, kind, legs, since);
    }

    Operation collecting(Tone tone) {
        return kind instanceof Recognizing recognizing
                ? with(phase, recognizing.with(tone), legs, heardSince)
                : this;
    }

    private Operation with(
            Phase nextPhase, Kind nextKind, List<LegId> nextLegs, @Nullable Instant since) {
        return new Operation(
                id,
                connection,
                operationContext,
                callbackUri,
                nextPhase,
                nextKind,
                nextLegs,
                since);
    }

    boolean isMedia() {
        return kind instanceof Media;
    }

    /// Whether it is about that leg alone.
    boolean isOf(LegId leg) {
        return legs.size() == 1 && legs.getFirst().equals(leg);
    }

    /// What of it an application chose, in characters.
    long characters() {
        String context = operationContext;
        URI callback = callbackUri;
        long own =
                (long) (context == null ? 0 : context.length())
                        + (callback == null ? 0 : callback.toString().length());
        return own
                + switch (kind) {
                    case Recognizing recognizing ->
                            characters(recognizing.sources()) + characters(recognizing.spoken());
                    case Playing playing -> characters(playing.sources());
                    case Adding _,
                            Cancelling _,
                            Removing _,
                            SendingTones _,
                            Transferring _,
                            Moving _ ->
                            0;
                };
    }

    private static long characters(@Nullable SpokenInput spoken) {
        if (spoken == null) {
            return 0;
        }
        String model = spoken.modelEndpointId();
        return (model == null ? 0 : model.length())
                + spoken.choices().stream()
                        .mapToLong(choice ->
                                choice.label().length()
                                        + choice.phrases().stream().mapToLong(String::length).sum())
                        .sum();
    }

    private static long characters(List<PlaySource> sources) {
        return sources.stream().mapToLong(Operation::characters).sum();
    }

    private static long characters(PlaySource source) {
        String cacheId = source.cacheId();
        long id = cacheId == null ? 0 : cacheId.length();
        return id
                + switch (source) {
                    case PlaySource.FileSource(var uri, var _) -> uri.toString().length();
                    case PlaySource.TextSource(var text, var _, var _, var _) -> text.length();
                    case PlaySource.SsmlSource(var ssml, var _) -> ssml.length();
                };
    }
}
