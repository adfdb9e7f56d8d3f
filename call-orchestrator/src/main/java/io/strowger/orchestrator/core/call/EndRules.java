package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.event.CallRecord.LegSummary;
import io.strowger.contracts.event.CallRecord.Termination;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.orchestrator.core.call.CallState.Disconnecting;
import io.strowger.orchestrator.core.call.CallState.Settling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a call ends: first its legs, then the call, then, after a while, the memory of it.
final class EndRules {
    private EndRules() {}

    /// Tells all live legs to end; the call is over when they have, or when they take too long.
    static void begin(Draft draft, ResultInformation result, Termination termination) {
        refuse(draft, result, termination, Refusal.UNAVAILABLE);
    }

    /// The same, with what a caller is told who was not put through.
    static void refuse(
            Draft draft, ResultInformation result, Termination termination, Refusal refusal) {
        if (draft.state() instanceof Disconnecting || draft.state() instanceof Settling) {
            return;
        }
        HandOverRules.settle(draft);
        Telling.disconnecting(draft);
        OperationRules.endAll(draft);
        StreamRules.endAll(draft);
        draft.add(new CallEvent.EndBegan(result, termination));
        draft.noTimer(TimerName.RING);
        draft.noTimer(TimerName.MAX_DURATION);
        List<Leg> live = draft.call().liveLegs();
        if (live.isEmpty()) {
            finish(draft);
        } else {
            live.forEach(leg ->
                    draft.order(
                            leg.isWaiting()
                                    ? new MediaCommand.RejectLeg(
                                            leg.id(), refusal.status(), refusal.reason())
                                    : new MediaCommand.HangUpLeg(leg.id())));
            draft.timer(TimerName.DISCONNECTING, Limits.DISCONNECTING);
        }
    }

    /// The call is over, whatever its legs do: also when the worker does not answer any more.
    static void finish(Draft draft) {
        Disconnecting ending = (Disconnecting) draft.state();
        Call call = draft.call();
        draft.order(new MediaCommand.ReleaseCall());
        for (Connection connection : call.presentConnections()) {
            Telling.gone(draft, connection, ending.result());
        }
        draft.add(new CallEvent.Recorded(callRecord(draft.call(), ending, draft.moment().now())));
        if (RecordingEndRules.allOver(call)) {
            forgetLater(draft);
        } else {
            draft.noTimer(TimerName.DISCONNECTING);
            RecordingEndRules.callEnded(draft);
            draft.add(new CallEvent.SettlingBegan());
        }
    }

    /// Nothing is left to be done for the call.
    static void forgetLater(Draft draft) {
        Limits limits = draft.moment().limits();
        boolean repeatable =
                draft.call().answers().stream().anyMatch(answer -> answer.fingerprint() != null);
        Duration retention = repeatable ? limits.repeatabilityRetention() : limits.endedRetention();
        draft.add(new CallEvent.Ended(draft.moment().now().plus(retention)));
    }

    private static CallRecord callRecord(Call call, Disconnecting ending, Instant now) {
        return new CallRecord(
                call.id(),
                call.correlationId(),
                call.direction(),
                call.startedAt(),
                call.answeredAt(),
                now,
                source(call),
                call.legs().stream().map(leg -> summary(leg, now)).toList(),
                ending.termination(),
                ending.result());
    }

    /// Who called.
    private static @Nullable Identifier source(Call call) {
        return call.legs().stream()
                .filter(Leg::incoming)
                .map(Leg::participant)
                .findFirst()
                .orElseGet(() ->
                        call.connections().stream()
                                .map(one -> one.profile().source())
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null));
    }

    private static LegSummary summary(Leg leg, Instant now) {
        LegEnd end = leg.end();
        Instant endedAt = leg.endedAt();
        return new LegSummary(
                leg.id(),
                leg.participant(),
                leg.startedAt(),
                leg.answeredAt(),
                endedAt == null ? now : endedAt,
                end == null ? 0 : end.sipStatus(),
                end == null ? "given up" : end.reason());
    }
}
