package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.Decision.rejected;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.orchestrator.core.call.Operation.Phase;
import java.util.List;
import java.util.Optional;

/// Keys: who is told of each, and those that we press.
final class ToneRules {
    private ToneRules() {}

    /// A second start takes the place of the first.
    static Decision start(Asking asking, CallCommand.StartContinuousDtmf start) {
        Optional<Leg> leg = asking.call().answeredLegOf(start.target());
        if (leg.isEmpty()) {
            return rejected(CallError.PARTICIPANT_NOT_FOUND);
        }
        LegId id = leg.get().id();
        Draft draft = asking.draft();
        boolean reported = isReported(draft.call(), id);
        draft.add(new CallEvent.ListeningEnded(id, asking.connection().id()));
        draft.add(
                new CallEvent.ListeningBegan(
                        new Listening(
                                id,
                                asking.connection().id(),
                                start.operationContext(),
                                start.operationCallbackUri())));
        if (!reported) {
            draft.order(new MediaCommand.ReportTones(id, true));
        }
        return asking.answered(new Done());
    }

    static Decision stop(Asking asking, CallCommand.StopContinuousDtmf stop) {
        Optional<Leg> leg = asking.call().answeredLegOf(stop.target());
        if (leg.isEmpty()) {
            return rejected(CallError.PARTICIPANT_NOT_FOUND);
        }
        LegId id = leg.get().id();
        Draft draft = asking.draft();
        Optional<Listening> listening =
                draft.call().listening().stream()
                        .filter(one ->
                                one.leg().equals(id)
                                        && one.connection().equals(asking.connection().id()))
                        .findFirst();
        if (listening.isPresent()) {
            draft.add(new CallEvent.ListeningEnded(id, asking.connection().id()));
            if (!isReported(draft.call(), id)) {
                draft.order(new MediaCommand.ReportTones(id, false));
            }
            Telling.stoppedListening(draft, asking.connection(), stop);
        }
        return asking.answered(new Done());
    }

    /// Whether somebody is told the keys of a leg.
    static boolean isReported(Call call, LegId leg) {
        return call.listening().stream().anyMatch(one -> one.leg().equals(leg))
                || Dialing.reportsTones(call);
    }

    static Decision send(Asking asking, CallCommand.SendDtmfTones send) {
        Optional<Leg> leg = asking.call().answeredLegOf(send.target());
        if (leg.isEmpty()) {
            return rejected(CallError.PARTICIPANT_NOT_FOUND);
        }
        if (OperationRules.isFull(asking.call(), false)) {
            return rejected(CallError.TOO_MANY_REQUESTS);
        }
        Operation operation =
                new Operation(
                        send.operationId(),
                        asking.connection().id(),
                        send.operationContext(),
                        send.operationCallbackUri(),
                        Phase.RUNNING,
                        new Operation.SendingTones(),
                        List.of(leg.get().id()));
        asking.draft().add(new CallEvent.OperationAccepted(operation));
        asking.draft()
                .order(
                        new MediaCommand.SendTones(
                                send.operationId(), leg.get().id(), send.tones()));
        return asking.started(operation);
    }
}
