package io.strowger.orchestrator.core.call;

import io.strowger.contracts.event.CallRecord.Termination;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.orchestrator.core.call.CallState.Connected;
import io.strowger.orchestrator.core.call.CallState.Connecting;
import io.strowger.orchestrator.core.call.CallState.Disconnecting;
import io.strowger.orchestrator.core.call.CallState.Ringing;
import io.strowger.orchestrator.core.call.CallState.Settling;
import io.strowger.orchestrator.core.result.LegResults;
import java.time.Instant;

/// What a report of the worker means. Reports may come twice and late: what is known already
/// changes nothing.
final class MediaRules {
    private MediaRules() {}

    static void reported(Draft draft, MediaEvent event, Instant at) {
        switch (event) {
            case MediaEvent.LegProgressed(var id, var _) ->
                    draft.call()
                            .leg(id)
                            .filter(leg -> leg.phase() == Leg.Phase.DIALING)
                            .ifPresent(leg -> {
                                draft.add(new CallEvent.LegRang(id));
                                InboundRules.ringCaller(draft);
                            });
            case MediaEvent.LegAnswered answered -> legAnswered(draft, answered, at);
            case MediaEvent.LegUpdated(var id, var dialog, var onHold) ->
                    draft.call()
                            .leg(id)
                            .filter(Leg::isAnswered)
                            .filter(leg ->
                                    leg.heldByPeer() != onHold || !dialog.equals(leg.dialog()))
                            .ifPresent(leg -> {
                                draft.add(new CallEvent.LegChanged(id, dialog, onHold));
                                if (leg.heldByPeer() != onHold
                                        && draft.state() instanceof Connected) {
                                    Telling.roster(draft);
                                }
                            });
            case MediaEvent.LegEnded(var id, var end) ->
                    draft.call()
                            .leg(id)
                            .filter(Leg::isLive)
                            .ifPresent(leg -> {
                                MoveRules.endedOnTheWay(draft, leg);
                                legEnded(draft, leg, end, at);
                            });
            case MediaEvent.PlayStarted(var id) -> OperationRules.started(draft, id);
            case MediaEvent.PlayEnded ended -> OperationRules.played(draft, ended);
            case MediaEvent.RecognizeEnded ended -> OperationRules.recognized(draft, ended);
            case MediaEvent.LegOffered _ -> {
                // Known already: it came twice.
            }
            case MediaEvent.TonesSent sent -> OperationRules.tonesSent(draft, sent);
            case MediaEvent.HoldFailed failed ->
                    draft.call().leg(failed.leg()).map(Leg::held).stream()
                            .filter(held -> held.operation().equals(failed.operationId()))
                            .filter(held -> held.music() != null)
                            .forEach(held -> {
                                draft.add(new CallEvent.LegHeld(failed.leg(), held.inSilence()));
                                PeopleTelling.holdFailed(draft, held, failed);
                            });
            case MediaEvent.TransferAsked(var id, var target) ->
                    draft.call()
                            .leg(id)
                            .filter(Leg::isAnswered)
                            .ifPresent(leg -> TransferRules.asked(draft, leg, target));
            case MediaEvent.LegReleased(var id, var dialog) ->
                    draft.call()
                            .leg(id)
                            .filter(Leg::isLive)
                            .ifPresent(leg -> MoveRules.released(draft, leg, dialog, at));
            case MediaEvent.ToneCollected tone -> OperationRules.collected(draft, tone);
            case MediaEvent.StreamConnected connected -> StreamRules.connected(draft, connected);
            case MediaEvent.TranscriptionUpdated updated ->
                    TranscriptionRules.updated(draft, updated);
            case MediaEvent.StreamEnded ended -> StreamRules.ended(draft, ended);
            case MediaEvent.TranscriptionFailed failed -> TranscriptionRules.failed(draft, failed);
            case MediaEvent.RecordingPaused paused -> RecordingEndRules.pauseBegan(draft, paused);
            case MediaEvent.RecordingResumed resumed -> RecordingEndRules.paused(draft, resumed);
            case MediaEvent.RecordingAudioLost lost -> RecordingEndRules.lost(draft, lost);
            case MediaEvent.RecordingStopped stopped -> RecordingEndRules.stopped(draft, stopped);
            case MediaEvent.ToneReceived tone -> toneReceived(draft, tone);
        }
    }

    static void toneReceived(Draft draft, MediaEvent.ToneReceived tone) {
        draft.call()
                .leg(tone.leg())
                .filter(leg -> leg.isAnswered() && tone.sequenceId() > leg.tones())
                .ifPresent(leg -> Telling.key(draft, leg, tone));
    }

    private static void legAnswered(Draft draft, MediaEvent.LegAnswered answered, Instant at) {
        FailoverRules.carriedOn(draft, answered);
        boolean news =
                draft.call()
                        .leg(answered.leg())
                        .filter(leg -> leg.isLive() && !leg.isAnswered())
                        .isPresent();
        if (!news) {
            return;
        }
        boolean first = draft.state() instanceof Connecting || draft.state() instanceof Ringing;
        draft.add(new CallEvent.LegAnswered(answered.leg(), answered.dialog(), at));
        InboundRules.takeCaller(draft);
        if (first) {
            draft.noTimer(TimerName.RING);
            Telling.connected(draft);
        }
        Leg leg = draft.call().leg(answered.leg()).orElseThrow();
        OperationRules.legAnswered(draft, leg);
        RecordingRules.legAnswered(draft, leg);
        StreamRules.legAnswered(draft, leg);
        if (first) {
            StreamRules.connected(draft);
        }
        LegId referrer = leg.referrer();
        if (referrer != null) {
            TransferRules.referralAnswered(draft, referrer);
        }
        if (draft.state() instanceof Connected) {
            Telling.roster(draft);
        }
    }

    static void legEnded(Draft draft, Leg leg, LegEnd end, Instant at) {
        draft.add(new CallEvent.LegOver(leg.id(), end, at));
        HandOverRules.ended(draft, leg.id(), end);
        OperationRules.legEnded(draft, leg, LegResults.of(end, leg.participant()));
        LegId referrer = leg.referrer();
        if (referrer != null && !leg.isAnswered()) {
            TransferRules.referralFailed(draft, referrer, end);
        }
        switch (draft.live()) {
            case Disconnecting _ -> {
                if (draft.call().liveLegs().isEmpty()) {
                    draft.noTimer(TimerName.DISCONNECTING);
                    EndRules.finish(draft);
                }
            }
            case Settling _ -> {
                // Given up before.
            }
            case Connecting _, Ringing _ -> InboundRules.legEndedEarly(draft, leg, end);
            case Connected _ -> {
                if (leg.isAnswered()) {
                    Telling.roster(draft);
                }
                if (hasTooFewParties(draft.call())) {
                    EndRules.refuse(
                            draft,
                            LegResults.of(end, leg.participant()),
                            termination(end),
                            Refusal.of(end));
                } else {
                    OperationRules.startNext(draft);
                }
            }
        }
    }

    /// A call with fewer than two parties ends; an application that is in it counts as one, and
    /// nobody left to talk to ends it too.
    static boolean hasTooFewParties(Call call) {
        int people = call.liveLegs().size();
        return people == 0 || people + call.presentConnections().size() < 2;
    }

    static Termination termination(LegEnd end) {
        return switch (end.cause()) {
            case REFUSED ->
                    end.sipStatus() / 100 == 5 ? Termination.CARRIER : Termination.PARTICIPANT;
            case REMOTE_HANG_UP, NO_ANSWER -> Termination.PARTICIPANT;
            case LOCAL_HANG_UP -> Termination.APPLICATION;
            case NO_ROUTE, UNREACHABLE, MEDIA_LOST -> Termination.CARRIER;
            case NO_CAPACITY, WORKER_FAILURE -> Termination.PLATFORM;
        };
    }
}
