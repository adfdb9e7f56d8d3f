package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.call.CallReply.Moving;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.CallState.Connected;
import io.strowger.orchestrator.core.call.CallState.Disconnecting;
import io.strowger.orchestrator.core.call.CallState.NotCreated;
import io.strowger.orchestrator.core.call.Leg.LeavingFor;
import io.strowger.orchestrator.core.call.Operation.Phase;
import io.strowger.orchestrator.core.result.LegResults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// People who go over from one call to another. The call that wants them asks the other one for
/// each; that one lets its worker give the leg away and passes the dialog on; whoever takes it over
/// carries it on by re-INVITE. Each step is a command between two calls, so either may be anywhere.
final class MoveRules {
    private static final LegEnd GONE_OVER =
            new LegEnd(LegEnd.Cause.LOCAL_HANG_UP, 200, "gone over to another call");

    private MoveRules() {}

    /// The call that wants them.
    static Decision begin(Asking asking, CallCommand.MoveParticipants move) {
        if (move.from().call().equals(asking.call().id())) {
            return new Decision.Rejected(
                    CallError.INVALID_REQUEST, "The participants are in this call already.");
        }
        List<Participant> coming = new ArrayList<>();
        for (Identifier target : move.targets()) {
            Optional<Decision> refusal = PeopleRules.notInvitable(asking.call(), target);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            coming.add(new Participant(target, new LegId(coming.size() + 1), false, false));
        }
        for (int i = 0; i < move.targets().size(); i++) {
            Identifier target = move.targets().get(i);
            Operation operation =
                    new Operation(
                            number(move.operationId(), i),
                            asking.connection().id(),
                            move.operationContext(),
                            move.operationCallbackUri(),
                            Phase.RUNNING,
                            new Operation.Moving(target, move.from()),
                            List.of());
            asking.draft().add(new CallEvent.OperationAccepted(operation));
            asking.draft()
                    .forward(
                            commandId(operation.id(), 1),
                            new BetweenCalls.HandOver(
                                    move.from().call(),
                                    move.from(),
                                    target,
                                    asking.call().id(),
                                    operation.id()));
        }
        return asking.answered(new Moving(coming, move.from(), move.operationContext()));
    }

    private static OperationId number(OperationId first, int number) {
        UUID id = first.value();
        return new OperationId(
                new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ number));
    }

    /// The same whenever this step is taken again.
    private static CommandId commandId(OperationId operation, int step) {
        UUID id = operation.value();
        return new CommandId(
                new UUID(
                        id.getMostSignificantBits() ^ 0x9E37_79B9_7F4A_7C15L * step,
                        id.getLeastSignificantBits()));
    }

    /// The call they are in.
    static Decision handOver(
            CallState state, CallRequest request, BetweenCalls.HandOver wanted, Moment moment) {
        Draft draft = new Draft(state, moment);
        if (state instanceof Connected connected) {
            boolean mayAsk =
                    connected
                            .call()
                            .connection(wanted.by())
                            .filter(Connection::present)
                            .isPresent();
            Optional<Leg> leg =
                    connected
                            .call()
                            .answeredLegOf(wanted.participant())
                            .filter(one -> one.leavingFor() == null);
            if (mayAsk && leg.isPresent()) {
                draft.remember(request, new Done());
                letGo(draft, leg.get(), new LeavingFor(wanted.to(), wanted.operationId(), false));
                return draft.accepted(null);
            }
        }
        draft.forward(
                commandId(wanted.operationId(), 2),
                new BetweenCalls.TakeOver(
                        wanted.to(),
                        wanted.operationId(),
                        wanted.participant(),
                        null,
                        null,
                        null,
                        null));
        return draft.accepted(null);
    }

    /// The worker gives the leg away.
    static void letGo(Draft draft, Leg leg, LeavingFor there) {
        draft.add(new CallEvent.LegLeaving(leg.id(), there));
        draft.order(new MediaCommand.ReleaseLeg(leg.id()));
    }

    /// It has.
    static void released(Draft draft, Leg leg, DialogRecord dialog, Instant at) {
        LeavingFor there = leg.leavingFor();
        if (there != null) {
            passOn(draft, leg, there, Optional.of(dialog));
        }
        MediaRules.legEnded(draft, leg, GONE_OVER, at);
    }

    /// It hung up instead.
    static void endedOnTheWay(Draft draft, Leg leg) {
        LeavingFor there = leg.leavingFor();
        if (there != null) {
            passOn(draft, leg, there, Optional.empty());
        }
    }

    private static void passOn(
            Draft draft, Leg leg, LeavingFor there, Optional<DialogRecord> dialog) {
        Call call = draft.call();
        boolean begins = there.begins();
        draft.forward(
                commandId(there.operation(), 2 + leg.id().ordinal()),
                new BetweenCalls.TakeOver(
                        there.call(),
                        there.operation(),
                        leg.participant(),
                        dialog.orElse(null),
                        begins ? call.placement().withPlacementEpoch(1) : null,
                        begins ? call.owner() : null,
                        begins ? call.timers().get(TimerName.MAX_DURATION) : null));
    }

    /// Who goes on in a call of their own talks no longer by that, and counts as before.
    private static void begin(Draft draft, BetweenCalls.TakeOver coming, Placement at) {
        Moment moment = draft.moment();
        Instant endsAt = coming.endsAt();
        String owner = coming.owner();
        draft.add(new CallEvent.Gathered(coming.call(), at, moment.now()));
        if (endsAt == null) {
            draft.timer(TimerName.MAX_DURATION, moment.limits().maxDuration());
        } else {
            draft.add(new CallEvent.TimerSet(TimerName.MAX_DURATION, endsAt));
        }
        if (owner != null) {
            draft.add(new CallEvent.Owned(owner));
        }
    }

    /// The call they come to.
    static Decision takeOver(
            CallState state, CallRequest request, BetweenCalls.TakeOver coming, Moment moment) {
        Draft draft = new Draft(state, moment);
        Placement begin = coming.begin();
        if (state instanceof NotCreated && begin != null && coming.dialog() != null) {
            begin(draft, coming, begin);
        }
        if (!draft.state().isGoingOn() || draft.state() instanceof Disconnecting) {
            return draft.accepted(null);
        }
        draft.remember(request, new Done());
        Optional<Operation> operation = draft.call().operation(coming.operationId());
        DialogRecord dialog = coming.dialog();
        if (dialog == null) {
            operation
                    .filter(one -> one.kind() instanceof Operation.Moving)
                    .ifPresent(one -> {
                        draft.add(new CallEvent.OperationOver(one.id()));
                        PeopleTelling.notMoved(
                                draft, one, (Operation.Moving) one.kind(), LegResults.notThere());
                    });
            return draft.accepted(null);
        }
        LegId id = draft.call().nextLegId();
        draft.add(new CallEvent.LegAdded(id, coming.participant(), null, moment.now()));
        draft.add(new CallEvent.LegInherited(id, dialog));
        operation.ifPresent(one -> draft.add(new CallEvent.OperationGotLeg(one.id(), id)));
        draft.order(
                new MediaCommand.AdoptLeg(
                        id, coming.participant(), dialog, Dialing.reportsTones(draft.call())));
        return draft.accepted(null);
    }
}
