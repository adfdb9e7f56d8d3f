package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.event.SubscriberEvent.StreamingDetails;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.StreamOutcome;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.TranscriptionSpec;
import io.strowger.orchestrator.core.call.Streaming.Asked;
import io.strowger.orchestrator.core.result.MediaResults;
import io.strowger.orchestrator.core.result.StreamResults;

/// What applications are told of their streams.
final class StreamTelling {
    private StreamTelling() {}

    static void started(
            Draft draft, Connection connection, Streaming<?> streaming, StreamingDetails details) {
        tell(
                draft,
                connection,
                streaming.begun(),
                MediaResults.success(),
                switch (streaming.spec()) {
                    case StreamSpec _ -> new SubscriberEvent.MediaStreamingStarted(details);
                    case TranscriptionSpec _ -> new SubscriberEvent.TranscriptionStarted(details);
                });
    }

    /// It was to end: told to who asked for that, else to who asked for the stream.
    static void stopped(Draft draft, Connection connection, Streaming<?> streaming) {
        Asked ended = streaming.ended();
        stopped(
                draft,
                connection,
                streaming,
                ended == null ? streaming.begun() : ended,
                StreamingDetails.SUBSCRIPTION_STOPPED);
    }

    private static void stopped(
            Draft draft,
            Connection connection,
            Streaming<?> streaming,
            Asked asked,
            StreamingDetails details) {
        tell(
                draft,
                connection,
                asked,
                MediaResults.success(),
                switch (streaming.spec()) {
                    case StreamSpec _ -> new SubscriberEvent.MediaStreamingStopped(details);
                    case TranscriptionSpec _ -> new SubscriberEvent.TranscriptionStopped(details);
                });
    }

    /// Nobody had asked for that: the application closed it, or it failed.
    static void ended(
            Draft draft,
            Connection connection,
            Streaming<?> streaming,
            MediaEvent.StreamEnded ended) {
        boolean words = streaming.spec() instanceof TranscriptionSpec;
        StreamingDetails details = StreamResults.details(ended.outcome(), words);
        if (ended.outcome() == StreamOutcome.CLOSED_BY_PEER) {
            stopped(draft, connection, streaming, streaming.begun(), details);
        } else {
            tell(
                    draft,
                    connection,
                    streaming.begun(),
                    StreamResults.of(ended.outcome(), words, ended.detail()),
                    switch (streaming.spec()) {
                        case StreamSpec _ -> new SubscriberEvent.MediaStreamingFailed(details);
                        case TranscriptionSpec _ ->
                                new SubscriberEvent.TranscriptionFailed(details);
                    });
        }
    }

    /// Nothing is understood any more.
    static void failed(
            Draft draft,
            Connection connection,
            Streaming<?> streaming,
            MediaEvent.TranscriptionFailed failed) {
        boolean ownModel =
                streaming.spec() instanceof TranscriptionSpec spec
                        && spec.modelEndpointId() != null;
        tell(
                draft,
                connection,
                streaming.begun(),
                StreamResults.of(failed.reason(), ownModel, failed.detail()),
                new SubscriberEvent.TranscriptionFailed(StreamResults.details(failed.reason())));
    }

    static void updated(Draft draft, Connection connection, Streaming<?> streaming) {
        Streaming.Update update = streaming.update();
        if (update != null) {
            tell(
                    draft,
                    connection,
                    update.by(),
                    MediaResults.success(),
                    new SubscriberEvent.TranscriptionUpdated(
                            StreamingDetails.TRANSCRIPTION_LOCALE_UPDATED));
        }
    }

    /// A change that was to come does not: its stream ends first.
    static void updateIsOver(Draft draft, Connection connection, Streaming<?> streaming) {
        Streaming.Update update = streaming.update();
        if (update != null && update.pending()) {
            tell(
                    draft,
                    connection,
                    update.by(),
                    StreamResults.updateCanceled(),
                    new SubscriberEvent.TranscriptionFailed(StreamingDetails.SUBSCRIPTION_STOPPED));
        }
    }

    private static void tell(
            Draft draft,
            Connection connection,
            Asked asked,
            ResultInformation result,
            SubscriberEvent event) {
        if (connection.version().isAtLeast(ApiVersion.V2025_05_15)) {
            draft.tell(connection, asked.callbackUri(), asked.operationContext(), result, event);
        }
    }
}
