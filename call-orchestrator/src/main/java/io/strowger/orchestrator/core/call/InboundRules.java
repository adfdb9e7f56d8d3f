package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.event.CallRecord.Termination;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaReport;
import io.strowger.orchestrator.core.call.CallState.Connecting;
import io.strowger.orchestrator.core.call.CallState.Ringing;
import io.strowger.orchestrator.core.call.Profile.Origin;
import io.strowger.orchestrator.core.directory.Directory;
import io.strowger.orchestrator.core.result.LegResults;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Somebody calls in: a number of an application, which is asked whether it takes the call, or a
/// user, whose phones ring (a peer-to-peer call).
final class InboundRules {
    private InboundRules() {}

    static Decision offered(
            CallState state, MediaReport report, MediaEvent.LegOffered offer, Moment moment) {
        Draft draft = new Draft(state, moment);
        draft.add(new CallEvent.Offered(report.call(), offer, report.placement(), moment.now()));
        draft.timer(TimerName.MAX_DURATION, moment.limits().maxDuration());
        Directory directory = moment.house().directory();
        Optional<URI> application = directory.application(offer.to());
        Optional<CommunicationUser> user = directory.user(offer.to());
        if (application.isPresent()) {
            ask(draft, offer, offer.to(), application.get());
        } else if (user.isPresent()) {
            ring(draft, offer, user.get());
        } else {
            EndRules.refuse(
                    draft, LegResults.unknownTarget(), Termination.PLATFORM, Refusal.UNKNOWN);
        }
        return draft.accepted(null);
    }

    private static void ask(Draft draft, MediaEvent.LegOffered offer, Identifier to, URI url) {
        Incoming incoming =
                new Incoming(
                        offer,
                        to,
                        url,
                        draft.moment().now().plus(draft.moment().limits().incomingRingTimeout()));
        draft.add(new CallEvent.IncomingTold(incoming));
        draft.add(new CallEvent.TimerSet(TimerName.RING, incoming.expiresAt()));
        ringCaller(draft);
        String name = offer.callerDisplayName();
        draft.tell(
                Outsiders.account(draft, ApiVersion.newest()),
                url,
                null,
                null,
                new SubscriberEvent.IncomingCall(
                        offer.from(),
                        to,
                        name == null ? "" : name,
                        draft.moment()
                                .house()
                                .contexts()
                                .seal(draft.call().id(), incoming.expiresAt()),
                        offer.sipHeaders()));
    }

    private static void ring(Draft draft, MediaEvent.LegOffered offer, Identifier target) {
        LegId id = draft.call().nextLegId();
        draft.add(new CallEvent.LegAdded(id, target, null, draft.moment().now()));
        draft.timer(
                TimerName.RING, draft.moment().limits().ringTimeout().plus(Limits.RING_BACKSTOP));
        Leg leg = draft.call().leg(id).orElseThrow();
        draft.order(Dialing.of(draft, leg, offer.from(), offer.callerDisplayName()));
    }

    /// The caller hears ringing from now on, once.
    static void ringCaller(Draft draft) {
        draft.call().legs().stream()
                .filter(leg -> leg.phase() == Leg.Phase.OFFERED)
                .forEach(leg -> {
                    draft.add(new CallEvent.LegRang(leg.id()));
                    draft.order(new MediaCommand.RingLeg(leg.id()));
                });
    }

    /// Somebody answered: so is the caller, once.
    static void takeCaller(Draft draft) {
        draft.call().legs().stream()
                .filter(Leg::isWaiting)
                .forEach(leg -> {
                    draft.add(new CallEvent.LegTaken(leg.id()));
                    draft.order(new MediaCommand.AnswerLeg(leg.id(), false));
                });
    }

    static Decision answer(Draft draft, CallRequest request, CallCommand.Answer answer) {
        Optional<Incoming> waiting = waiting(draft);
        if (waiting.isEmpty()) {
            return notWaiting();
        }
        Optional<Decision> tooMany = TollRules.tooMany(draft.call(), request, draft.moment());
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        TollRules.count(draft, request);
        Incoming incoming = waiting.get();
        Connection connection =
                Connection.of(
                        draft.call().nextConnectionId(),
                        request.apiVersion(),
                        new Profile(
                                Origin.ANSWERED,
                                List.of(incoming.to()),
                                incoming.offer().from(),
                                null,
                                incoming.offer().callerDisplayName(),
                                answer.callbackUri(),
                                answer.operationContext(),
                                Set.of(),
                                answer.answeredBy(),
                                incoming.to() instanceof PhoneNumber number ? number : null),
                        answer.streaming(),
                        answer.transcription());
        draft.add(new CallEvent.IncomingSettled());
        draft.add(new CallEvent.ConnectionMade(connection));
        draft.timer(TimerName.RING, Limits.ANSWERING);
        takeCaller(draft);
        return draft.answered(request, CommandRules.describe(draft.live(), connection));
    }

    static Decision redirect(Draft draft, CallRequest request, CallCommand.Redirect redirect) {
        Optional<Incoming> waiting = waiting(draft);
        if (waiting.isEmpty()) {
            return notWaiting();
        }
        Optional<Decision> tooMany = TollRules.tooMany(draft.call(), request, draft.moment());
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        TollRules.count(draft, request);
        draft.add(new CallEvent.IncomingSettled());
        draft.remember(request, new Done());
        Directory directory = draft.moment().house().directory();
        Identifier target = redirect.target();
        Optional<URI> application = directory.application(target);
        if (application.isPresent()) {
            ask(draft, waiting.get().offer(), target, application.get());
        } else {
            Identifier who = directory.user(target).<Identifier>map(user -> user).orElse(target);
            ring(draft, waiting.get().offer(), who);
        }
        return draft.accepted(new Done());
    }

    static Decision reject(Draft draft, CallRequest request, CallCommand.Reject reject) {
        if (waiting(draft).isEmpty()) {
            return notWaiting();
        }
        draft.add(new CallEvent.IncomingSettled());
        draft.remember(request, new Done());
        Refusal refusal =
                switch (reject.reason()) {
                    case NONE -> Refusal.DECLINED;
                    case BUSY -> Refusal.BUSY;
                    case FORBIDDEN -> Refusal.FORBIDDEN;
                };
        EndRules.refuse(
                draft, LegResults.rejected(refusal.status()), Termination.APPLICATION, refusal);
        return draft.accepted(new Done());
    }

    private static Optional<Incoming> waiting(Draft draft) {
        boolean open = draft.state() instanceof Connecting || draft.state() instanceof Ringing;
        return open ? Optional.ofNullable(draft.call().incoming()) : Optional.empty();
    }

    private static Decision notWaiting() {
        return new Decision.Rejected(
                CallError.CALL_NOT_ESTABLISHED,
                "The incoming call was answered, passed on, refused or given up already.");
    }

    /// A leg ended before anybody talked. The call ends when the caller is gone, or when nobody is
    /// left whom it could reach.
    static void legEndedEarly(Draft draft, Leg leg, LegEnd end) {
        boolean othersRing = draft.call().liveLegs().stream().anyMatch(one -> !one.incoming());
        boolean applicationAsked = draft.call().incoming() != null;
        boolean callerWaits = draft.call().liveLegs().stream().anyMatch(Leg::incoming);
        if (!leg.incoming() && (othersRing || callerWaits && applicationAsked)) {
            return;
        }
        ResultInformation result = LegResults.of(end, leg.participant());
        EndRules.refuse(draft, result, MediaRules.termination(end), Refusal.of(end));
    }
}
