package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.Decision.rejected;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.orchestrator.core.call.CallState.Connected;
import io.strowger.orchestrator.core.call.Decision.Rejected;
import io.strowger.orchestrator.core.call.Leg.LeavingFor;
import io.strowger.orchestrator.core.call.Operation.Phase;
import io.strowger.orchestrator.core.call.Operation.Transferring;
import io.strowger.orchestrator.core.directory.Directory;
import java.util.List;
import java.util.Optional;

/// Somebody new takes a place in the call: that of the application, which transfers its peer, or
/// that of a phone that asks for it (REFER). Until the new one answers everything stays as it is;
/// when it does not, nothing has changed.
final class TransferRules {
    private TransferRules() {}

    static Decision begin(Asking asking, CallCommand.Transfer transfer) {
        Optional<Leg> transferee = transferee(asking.call(), transfer);
        if (transferee.isEmpty()) {
            return transfer.transferee() == null
                    ? new Rejected(
                            CallError.INVALID_REQUEST,
                            "Several participants are in the call: name the transferee.")
                    : rejected(CallError.PARTICIPANT_NOT_FOUND);
        }
        Optional<Decision> refusal =
                PeopleRules.notInvitable(asking.call(), transfer.target().target());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Operation operation =
                new Operation(
                        transfer.operationId(),
                        asking.connection().id(),
                        transfer.operationContext(),
                        transfer.operationCallbackUri(),
                        Phase.RUNNING,
                        new Transferring(transferee.get().id()),
                        List.of(asking.call().nextLegId()));
        PeopleRules.ring(asking, operation, transfer.target());
        return asking.started(operation);
    }

    private static Optional<Leg> transferee(Call call, CallCommand.Transfer transfer) {
        Identifier named = transfer.transferee();
        if (named != null) {
            return call.answeredLegOf(named);
        }
        List<Leg> people = call.answeredLegs();
        return people.size() == 1 ? Optional.of(people.getFirst()) : Optional.empty();
    }

    /// The new one answered. Where the two are alone with the application, it leaves them; where
    /// there are others, the two go over to a call of their own.
    static void answered(Draft draft, Operation operation, Leg target) {
        LegId transferee = ((Transferring) operation.kind()).transferee();
        Leg peer = draft.call().leg(transferee).orElseThrow();
        draft.add(new CallEvent.OperationOver(operation.id()));
        PeopleTelling.transferAccepted(draft, operation, target.participant(), peer.participant());
        if (draft.call().answeredLegs().size() > 2) {
            LeavingFor there =
                    new LeavingFor(
                            draft.moment().house().newCalls().callFor("transfer " + operation.id()),
                            operation.id(),
                            true);
            MoveRules.letGo(draft, peer, there);
            MoveRules.letGo(draft, target, there);
            return;
        }
        draft.call()
                .connection(operation.connection())
                .filter(Connection::present)
                .ifPresent(connection -> CommandRules.leave(draft, connection));
    }

    static void failed(Draft draft, Operation operation, ResultInformation result) {
        draft.add(new CallEvent.OperationOver(operation.id()));
        PeopleTelling.transferFailed(draft, operation, result);
    }

    /// Whoever shall be transferred is gone: there is nobody to ring for.
    static void transfereeGone(Draft draft, Leg gone, ResultInformation result) {
        for (Operation operation : draft.call().operations()) {
            if (operation.kind() instanceof Transferring(var transferee)
                    && transferee.equals(gone.id())) {
                draft.order(new MediaCommand.HangUpLeg(operation.legs().getFirst()));
                failed(draft, operation, result);
            }
        }
    }

    /// A phone asks that somebody else takes its place.
    static void asked(Draft draft, Leg referrer, Identifier target) {
        Directory directory = draft.moment().house().directory();
        Optional<Identifier> who = directory.user(target).map(user -> user);
        if (who.isEmpty()
                && target instanceof Identifier.PhoneNumber
                && directory.phonesTransferToNumbers()
                && directory.mayRing(target)) {
            who = Optional.of(target);
        }
        if (!(draft.state() instanceof Connected) || draft.call().answeredLegs().size() < 2) {
            notify(draft, referrer.id(), Refusal.UNAVAILABLE);
        } else if (who.isEmpty() || PeopleRules.notInvitable(draft.call(), who.get()).isPresent()) {
            notify(draft, referrer.id(), Refusal.FORBIDDEN);
        } else {
            LegId id = draft.call().nextLegId();
            draft.add(new CallEvent.LegAdded(id, who.get(), referrer.id(), draft.moment().now()));
            Leg leg = draft.call().leg(id).orElseThrow();
            draft.order(Dialing.of(draft, leg, referrer.participant(), null));
        }
    }

    private static void notify(Draft draft, LegId referrer, Refusal refusal) {
        draft.order(new MediaCommand.NotifyReferrer(referrer, refusal.status(), refusal.reason()));
    }

    /// Who was to take the place of `referrer` does so.
    static void referralAnswered(Draft draft, LegId referrer) {
        if (draft.call().leg(referrer).filter(Leg::isAnswered).isPresent()) {
            draft.order(new MediaCommand.NotifyReferrer(referrer, 200, "OK"));
            draft.order(new MediaCommand.HangUpLeg(referrer));
        }
    }

    /// Who was replaced is told to hang up, in case that was not heard.
    static void hangUpReplaced(Draft draft, Leg by) {
        LegId referrer = by.referrer();
        if (referrer != null
                && by.isAnswered()
                && draft.call().leg(referrer).filter(Leg::isAnswered).isPresent()) {
            draft.order(new MediaCommand.HangUpLeg(referrer));
        }
    }

    static void referralFailed(Draft draft, LegId referrer, LegEnd end) {
        if (draft.call().leg(referrer).filter(Leg::isAnswered).isPresent()) {
            notify(draft, referrer, Refusal.of(end));
        }
    }
}
