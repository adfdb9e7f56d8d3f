package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.event.SubscriberEvent.StreamingDetails;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.StreamOutcome;
import io.strowger.orchestrator.core.call.Streaming.Asked;
import io.strowger.orchestrator.core.result.MediaResults;
import io.strowger.orchestrator.core.result.StreamResults;

/// What applications are told of their streams.
final class StreamTelling {
    private StreamTelling() {}

    static void started(Draft draft, Connection connection, Asked asked, StreamingDetails details) {
        tell(
                draft,
                connection,
                asked,
                MediaResults.success(),
                new SubscriberEvent.MediaStreamingStarted(details));
    }

    /// It was to end: told to who asked for that, else to who asked for the stream.
    static void stopped(Draft draft, Connection connection, Streaming streaming) {
        Asked ended = streaming.ended();
        tell(
                draft,
                connection,
                ended == null ? streaming.begun() : ended,
                MediaResults.success(),
                new SubscriberEvent.MediaStreamingStopped(StreamingDetails.SUBSCRIPTION_STOPPED));
    }

    /// Nobody had asked for that: the application closed it, or it failed.
    static void ended(
            Draft draft, Connection connection, Streaming streaming, MediaEvent.StreamEnded ended) {
        StreamingDetails details = StreamResults.details(ended.outcome());
        if (ended.outcome() == StreamOutcome.CLOSED_BY_PEER) {
            tell(
                    draft,
                    connection,
                    streaming.begun(),
                    MediaResults.success(),
                    new SubscriberEvent.MediaStreamingStopped(details));
        } else {
            tell(
                    draft,
                    connection,
                    streaming.begun(),
                    StreamResults.of(ended.outcome(), ended.detail()),
                    new SubscriberEvent.MediaStreamingFailed(details));
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
