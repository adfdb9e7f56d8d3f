package io.strowger.orchestrator.core.call;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.orchestrator.core.call.Profile.Origin;
import java.util.List;

/// An application that comes into a call which went on without it.
final class JoinRules {
    private JoinRules() {}

    static Decision join(Draft draft, CallRequest request, CallCommand.Join join) {
        Connection connection =
                Connection.of(
                        draft.call().nextConnectionId(),
                        request.apiVersion(),
                        new Profile(
                                Origin.JOINED,
                                List.of(),
                                join.source(),
                                null,
                                null,
                                join.callbackUri(),
                                join.operationContext(),
                                join.requestedEvents(),
                                null,
                                null),
                        join.streaming(),
                        join.transcription());
        draft.add(new CallEvent.ConnectionMade(connection));
        if (connection.asksFor(RequestedEvent.DTMF_RECEIVED)) {
            draft.call()
                    .answeredLegs()
                    .forEach(leg -> draft.order(new MediaCommand.ReportTones(leg.id(), true)));
        }
        Telling.created(draft, connection);
        Telling.connected(draft, connection);
        Telling.roster(draft, connection);
        StreamRules.connected(draft, connection);
        return draft.answered(request, CommandRules.describe(draft.live(), connection));
    }
}
