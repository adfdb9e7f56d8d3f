package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.Decision.rejected;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.ByIdentifier;
import io.strowger.contracts.call.CallCommand.ByLeg;
import io.strowger.contracts.call.CallCommand.Invitee;
import io.strowger.contracts.call.CallCommand.Whom;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.call.CallReply.Invited;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.orchestrator.core.call.Decision.Rejected;
import io.strowger.orchestrator.core.call.Operation.Phase;
import io.strowger.orchestrator.core.result.LegResults;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// People who are invited, removed, muted or put on hold.
final class PeopleRules {
    private PeopleRules() {}

    static Decision add(Asking asking, CallCommand.AddParticipant add) {
        return invite(
                asking,
                add.operationId(),
                add.invitee(),
                add.operationContext(),
                add.operationCallbackUri());
    }

    static Decision add(Asking asking, CallCommand.AddToCall add) {
        return invite(
                asking,
                add.operationId(),
                add.invitee(),
                add.operationContext(),
                add.callbackUri());
    }

    private static Decision invite(
            Asking asking,
            OperationId id,
            Invitee invitee,
            @Nullable String context,
            @Nullable URI callback) {
        Optional<Decision> refusal = notInvitable(asking.call(), invitee.target());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Operation operation =
                new Operation(
                        id,
                        asking.connection().id(),
                        context,
                        callback,
                        Phase.RUNNING,
                        new Operation.Adding(),
                        List.of(asking.call().nextLegId()));
        if (OperationRules.isTooMuch(asking.call(), operation)) {
            return new Rejected(CallError.TOO_MANY_REQUESTS, "Too much waits in this call.");
        }
        Leg leg = ring(asking, operation, invitee);
        return asking.answered(new Invited(leg.asParticipant(), id, context));
    }

    /// Begins an operation whose leg rings.
    static Leg ring(Asking asking, Operation operation, Invitee invitee) {
        Draft draft = asking.draft();
        LegId id = operation.legs().getFirst();
        draft.add(new CallEvent.LegAdded(id, invitee.target(), null, draft.moment().now()));
        draft.add(new CallEvent.OperationAccepted(operation));
        Leg leg = draft.call().leg(id).orElseThrow();
        draft.order(Dialing.of(draft, leg, asking.connection(), invitee));
        return leg;
    }

    /// Why somebody cannot be rung: they are there, or there is no room.
    static Optional<Decision> notInvitable(Call call, Identifier target) {
        List<Leg> live = call.liveLegs();
        if (live.stream().anyMatch(leg -> leg.is(target))) {
            return Optional.of(
                    new Rejected(
                            CallError.INVALID_REQUEST,
                            "This participant is in the call or invited already."));
        }
        if (live.size() >= Limits.PARTICIPANTS || call.legs().size() >= Limits.LEGS) {
            return Optional.of(
                    new Rejected(
                            CallError.INVALID_REQUEST,
                            "A call has at most "
                                    + Limits.PARTICIPANTS
                                    + " participants at once, and "
                                    + Limits.LEGS
                                    + " in all."));
        }
        return Optional.empty();
    }

    static Decision remove(Asking asking, CallCommand.RemoveParticipant remove) {
        return remove(
                asking,
                remove.operationId(),
                remove.whom(),
                remove.operationContext(),
                remove.operationCallbackUri());
    }

    static Decision remove(Asking asking, CallCommand.RemoveFromCall remove) {
        return remove(asking, remove.operationId(), remove.whom(), null, null);
    }

    private static Decision remove(
            Asking asking,
            OperationId id,
            Whom whom,
            @Nullable String context,
            @Nullable URI callback) {
        Optional<Leg> leg = find(asking.call(), whom);
        if (leg.isEmpty()) {
            return rejected(CallError.PARTICIPANT_NOT_FOUND);
        }
        Operation operation =
                new Operation(
                        id,
                        asking.connection().id(),
                        context,
                        callback,
                        Phase.RUNNING,
                        new Operation.Removing(),
                        List.of(leg.get().id()));
        asking.draft().add(new CallEvent.OperationAccepted(operation));
        asking.draft().order(new MediaCommand.HangUpLeg(leg.get().id()));
        return asking.started(operation);
    }

    private static Optional<Leg> find(Call call, Whom whom) {
        return switch (whom) {
            case ByLeg(var id) -> call.leg(id).filter(Leg::isLive);
            case ByIdentifier(var who) ->
                    call.liveLegs().stream().filter(leg -> leg.is(who)).findFirst();
        };
    }

    static Decision cancel(Asking asking, CallCommand.CancelAddParticipant cancel) {
        Optional<Operation> invitation =
                asking.call()
                        .operation(cancel.invitationId())
                        .filter(one -> one.kind() instanceof Operation.Adding);
        if (invitation.isEmpty()) {
            return cancelTooLate(asking, cancel);
        }
        LegId leg = invitation.get().legs().getFirst();
        Operation operation = cancelling(asking, cancel, List.of(leg));
        asking.draft().add(new CallEvent.OperationAccepted(operation));
        asking.draft().order(new MediaCommand.HangUpLeg(leg));
        return asking.answered(
                new Invited(
                        asking.call().leg(leg).orElseThrow().asParticipant(),
                        cancel.invitationId(),
                        cancel.operationContext()));
    }

    /// An invitation that ended before it could be taken back is known as long as its answer is.
    private static Decision cancelTooLate(Asking asking, CallCommand.CancelAddParticipant cancel) {
        Optional<Invited> invited =
                asking.call().answers().stream()
                        .map(Remembered::answer)
                        .filter(Invited.class::isInstance)
                        .map(Invited.class::cast)
                        .filter(one -> one.invitationId().equals(cancel.invitationId()))
                        .findFirst();
        if (invited.isEmpty()) {
            return new Rejected(
                    CallError.PARTICIPANT_NOT_FOUND, "There is no such invitation any more.");
        }
        PeopleTelling.notCancelled(
                asking.draft(),
                cancelling(asking, cancel, List.of()),
                cancel.invitationId(),
                LegResults.invitationOver());
        return asking.answered(
                new Invited(
                        invited.get().participant(),
                        cancel.invitationId(),
                        cancel.operationContext()));
    }

    private static Operation cancelling(
            Asking asking, CallCommand.CancelAddParticipant cancel, List<LegId> legs) {
        return new Operation(
                cancel.operationId(),
                asking.connection().id(),
                cancel.operationContext(),
                cancel.operationCallbackUri(),
                Phase.RUNNING,
                new Operation.Cancelling(cancel.invitationId()),
                legs);
    }

    static Decision mute(Asking asking, CallCommand.MuteParticipants mute) {
        List<Leg> legs = new ArrayList<>();
        for (Identifier target : mute.targets()) {
            Optional<Leg> leg = asking.call().answeredLegOf(target);
            if (leg.isEmpty()) {
                return rejected(CallError.PARTICIPANT_NOT_FOUND);
            }
            if (!leg.get().muted()) {
                legs.add(leg.get());
            }
        }
        for (Leg leg : legs) {
            asking.draft().add(new CallEvent.LegMuted(leg.id(), true));
            asking.draft().order(new MediaCommand.MuteLeg(leg.id(), true));
        }
        if (!legs.isEmpty()) {
            Telling.roster(asking.draft());
        }
        return asking.answered(new OperationStarted(mute.operationId(), mute.operationContext()));
    }

    static Decision hold(Asking asking, CallCommand.Hold hold) {
        Optional<Leg> leg = asking.call().answeredLegOf(hold.target());
        if (leg.isEmpty()) {
            return rejected(CallError.PARTICIPANT_NOT_FOUND);
        }
        LegId id = leg.get().id();
        Leg.Held held =
                new Leg.Held(
                        hold.operationId(),
                        asking.connection().id(),
                        hold.operationContext(),
                        hold.operationCallbackUri(),
                        hold.music());
        boolean news = leg.get().held() == null;
        asking.draft().add(new CallEvent.LegHeld(id, held));
        asking.draft().order(new MediaCommand.HoldLeg(hold.operationId(), id, hold.music()));
        if (news) {
            Telling.roster(asking.draft());
        }
        return asking.answered(new Done());
    }

    static Decision unhold(Asking asking, CallCommand.Unhold unhold) {
        Optional<Leg> leg = asking.call().answeredLegOf(unhold.target());
        if (leg.isEmpty()) {
            return rejected(CallError.PARTICIPANT_NOT_FOUND);
        }
        if (leg.get().held() != null) {
            LegId id = leg.get().id();
            asking.draft().add(new CallEvent.LegHeld(id, null));
            asking.draft().order(new MediaCommand.UnholdLeg(id));
            Telling.roster(asking.draft());
        }
        return asking.answered(new Done());
    }
}
