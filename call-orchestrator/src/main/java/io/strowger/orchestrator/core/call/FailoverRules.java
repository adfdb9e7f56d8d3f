package io.strowger.orchestrator.core.call;

import io.strowger.contracts.event.CallRecord.Termination;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.CallState.Connected;
import io.strowger.orchestrator.core.call.CallState.Disconnecting;
import io.strowger.orchestrator.core.call.CallState.Live;
import io.strowger.orchestrator.core.call.CallState.Settling;
import io.strowger.orchestrator.core.result.LegResults;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call outlives the process that carries it: another worker takes its dialogs over and goes on
/// with what was under way. Applications are told nothing of it. What is no dialog yet cannot be
/// carried on and ends, as it would if the far end had said 503.
final class FailoverRules {
    private static final LegEnd LOST =
            new LegEnd(LegEnd.Cause.WORKER_FAILURE, 503, "its media worker was lost");

    private FailoverRules() {}

    /// The process is gone. Said again until the call is elsewhere, or over.
    static void workerLost(Draft draft) {
        HandOverRules.letFormerGo(draft);
        if (draft.state() instanceof Settling) {
            RecordingEndRules.mediaLost(draft);
            return;
        }
        if (draft.call().liveLegs().stream().noneMatch(FailoverRules::hasDialog)) {
            RecordingEndRules.mediaLost(draft);
            endUnanswered(draft);
            return;
        }
        Optional<Placement> next = elsewhere(draft);
        if (next.isPresent()) {
            Instant silentSince = silentSince(draft);
            // Should it live after all.
            draft.order(new MediaCommand.AbandonCall(unanswered(draft)));
            carryOn(draft, next.get(), silentSince.minus(Limits.UNHEARD));
        } else if (draft.state() instanceof Disconnecting) {
            giveUp(draft);
        } else if (!draft.call().timers().containsKey(TimerName.FAILOVER)) {
            draft.timer(TimerName.FAILOVER, Limits.FAILOVER);
        }
    }

    /// The process shall be left while it still works. Said again until it is; until then the call
    /// stays where it is while something is under way that would end.
    static void workerLeaves(Draft draft) {
        Optional<Placement> next = elsewhere(draft);
        if (draft.state() instanceof Connected && next.isPresent() && isQuiet(draft.call())) {
            draft.noTimer(TimerName.FAILOVER);
            HandOverRules.begin(draft, next.get());
        }
    }

    private static boolean isQuiet(Call call) {
        return call.former() == null
                && call.liveLegs().stream()
                        .allMatch(leg -> leg.isAnswered() && leg.leavingFor() == null)
                && call.operations().stream()
                        .noneMatch(one ->
                                one.phase() == Operation.Phase.STOPPING
                                        || one.kind() instanceof Operation.SendingTones)
                && call.recordings().stream()
                        .noneMatch(one -> one.phase() == Recording.Phase.STOPPING);
    }

    /// No worker took the call: it is over.
    static void giveUp(Draft draft) {
        draft.noTimer(TimerName.FAILOVER);
        RecordingEndRules.mediaLost(draft);
        EndRules.begin(draft, LegResults.mediaLost(), Termination.PLATFORM);
        if (draft.state() instanceof Disconnecting) {
            draft.noTimer(TimerName.DISCONNECTING);
            EndRules.finish(draft);
        }
    }

    static boolean hasDialog(Leg leg) {
        return leg.dialog() != null;
    }

    private static Optional<Placement> elsewhere(Draft draft) {
        Call call = draft.call();
        return draft.moment()
                .candidate()
                .filter(one -> !one.process().equals(call.placement().process()))
                .map(one -> one.withPlacementEpoch(call.placement().placementEpoch() + 1));
    }

    /// When it was first said that the worker is lost.
    private static Instant silentSince(Draft draft) {
        Instant givingUpAt = draft.call().timers().get(TimerName.FAILOVER);
        return givingUpAt == null ? draft.moment().now() : givingUpAt.minus(Limits.FAILOVER);
    }

    /// @param heardUntil until when people heard what plays
    private static void carryOn(Draft draft, Placement next, Instant heardUntil) {
        draft.add(new CallEvent.PlacedAnew(next));
        draft.noTimer(TimerName.FAILOVER);
        boolean ending = draft.state() instanceof Disconnecting;
        List<Leg> legs = draft.call().liveLegs();
        legs.stream()
                .filter(leg -> ending || leg.leavingFor() == null)
                .forEach(leg -> adopt(draft, leg, false));
        RecordingEndRules.resume(draft);
        if (ending) {
            legs.stream()
                    .filter(FailoverRules::hasDialog)
                    .forEach(leg -> draft.order(new MediaCommand.HangUpLeg(leg.id())));
        } else {
            legs.forEach(leg -> handOver(draft, leg));
        }
        endUnanswered(draft);
        if (isGoingOn(draft)) {
            OperationRules.resume(draft, heardUntil);
            StreamRules.resume(draft);
        }
    }

    /// @param stillServed by the former worker
    static void adopt(Draft draft, Leg leg, boolean stillServed) {
        DialogRecord dialog = leg.dialog();
        if (dialog == null) {
            return;
        }
        draft.order(
                new MediaCommand.AdoptLeg(
                        leg.id(),
                        leg.participant(),
                        dialog,
                        ToneRules.isReported(draft.call(), leg.id()),
                        leg.tones(),
                        leg.lastPress(),
                        stillServed));
        if (leg.muted()) {
            draft.order(new MediaCommand.MuteLeg(leg.id(), true));
        }
        Leg.Held held = leg.held();
        if (held != null) {
            draft.order(new MediaCommand.HoldLeg(held.operation(), leg.id(), held.music()));
        }
        TransferRules.hangUpReplaced(draft, leg);
    }

    /// Nobody has the dialog of a leg that was on its way to another call: it goes there as it is.
    private static void handOver(Draft draft, Leg leg) {
        DialogRecord dialog = leg.dialog();
        if (isGoingOn(draft) && leg.leavingFor() != null && dialog != null) {
            MoveRules.released(draft, leg, dialog, draft.moment().now());
        }
    }

    private static List<LegId> unanswered(Draft draft) {
        return draft.call().liveLegs().stream()
                .filter(leg -> !hasDialog(leg))
                .map(Leg::id)
                .toList();
    }

    /// Who rings, or calls and was not put through.
    private static void endUnanswered(Draft draft) {
        for (Leg leg : draft.call().liveLegs()) {
            boolean stillThere =
                    draft.state() instanceof Live live
                            && !(live instanceof Settling)
                            && live.call().leg(leg.id()).filter(Leg::isLive).isPresent();
            if (stillThere && !hasDialog(leg)) {
                MediaRules.legEnded(draft, leg, LOST, draft.moment().now());
            }
        }
    }

    private static boolean isGoingOn(Draft draft) {
        return draft.state().isGoingOn() && !(draft.state() instanceof Disconnecting);
    }

    /// A leg that was up before is up again, at its new worker, whose requests have higher numbers.
    static void carriedOn(Draft draft, MediaEvent.LegAnswered answered) {
        draft.call()
                .leg(answered.leg())
                .filter(Leg::isAnswered)
                .filter(leg -> isNewer(answered.dialog(), leg.dialog()))
                .ifPresent(leg -> {
                    draft.add(
                            new CallEvent.LegChanged(
                                    leg.id(), answered.dialog(), leg.heldByPeer()));
                    HandOverRules.turned(draft, leg.id());
                });
    }

    private static boolean isNewer(DialogRecord said, @Nullable DialogRecord known) {
        return known != null && said.localCSeq() > known.localCSeq();
    }
}
