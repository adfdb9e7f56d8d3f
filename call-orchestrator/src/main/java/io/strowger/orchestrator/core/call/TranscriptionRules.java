package io.strowger.orchestrator.core.call;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.stream.TranscriptionSpec;
import io.strowger.orchestrator.core.call.StreamRules.Kind;
import io.strowger.orchestrator.core.call.Streaming.Asked;
import org.jspecify.annotations.Nullable;

/// What streams of words have beside those of audio: a language, which may change while they run.
final class TranscriptionRules {
    private TranscriptionRules() {}

    static Decision start(Asking asking, CallCommand.StartTranscription start) {
        Streaming<TranscriptionSpec> streaming = asking.connection().transcription();
        return StreamRules.start(
                asking,
                streaming == null
                        ? null
                        : spoken(streaming, start.locale(), start.modelEndpointId()),
                Kind.WORDS,
                new Asked(start.operationContext(), start.operationCallbackUri()));
    }

    static Decision stop(Asking asking, CallCommand.StopTranscription stop) {
        return StreamRules.stop(
                asking,
                asking.connection().transcription(),
                Kind.WORDS,
                new Asked(stop.operationContext(), stop.operationCallbackUri()));
    }

    private static Streaming<TranscriptionSpec> spoken(
            Streaming<TranscriptionSpec> streaming,
            @Nullable String locale,
            @Nullable String modelEndpointId) {
        return streaming.withSpec(streaming.spec().with(locale, modelEndpointId));
    }

    static Decision update(Asking asking, CallCommand.UpdateTranscription update) {
        Connection connection = asking.connection();
        Streaming<TranscriptionSpec> streaming = connection.transcription();
        if (streaming == null) {
            return Kind.WORDS.notOffered();
        }
        if (!streaming.isRunning()) {
            return Kind.WORDS.rejected(" is not started.");
        }
        if (streaming.isBeingUpdated()) {
            return Kind.WORDS.rejected(" is being updated.");
        }
        Streaming<TranscriptionSpec> next =
                streaming.updating(
                        streaming.spec().with(update.locale(), update.modelEndpointId()),
                        new Asked(update.operationContext(), update.operationCallbackUri()));
        StreamRules.change(asking.draft(), connection, next);
        Streaming.Update change = next.update();
        asking.draft()
                .order(
                        new MediaCommand.UpdateTranscription(
                                next.id(connection.id()),
                                change == null ? 0 : change.number(),
                                next.spec()));
        return asking.answered(new Done());
    }

    static void updated(Draft draft, MediaEvent.TranscriptionUpdated updated) {
        StreamRules.of(draft.call(), updated.stream())
                .ifPresent(one -> {
                    Streaming.Update update = one.streaming().update();
                    if (update != null && update.number() == updated.update()) {
                        updated(draft, one.connection(), one.streaming());
                    }
                });
    }

    /// The worker has heard of the change, if there was one.
    static void updated(Draft draft, Connection connection, Streaming<?> streaming) {
        if (streaming.isRunning() && streaming.isBeingUpdated()) {
            StreamRules.change(draft, connection, streaming.updated());
            StreamTelling.updated(draft, connection, streaming);
        }
    }

    static void failed(Draft draft, MediaEvent.TranscriptionFailed failed) {
        StreamRules.ended(
                draft,
                failed.stream(),
                one -> StreamTelling.failed(draft, one.connection(), one.streaming(), failed));
    }
}
