package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.stream.TranscriptionSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Facts in a few words each, so that a test can list all that came of an input.
final class Facts {
    private Facts() {}

    /// @param now timers are told as what is left until they are due
    static List<String> of(List<CallEvent> events, Instant now) {
        return events.stream().map(event -> of(event, now)).flatMap(Optional::stream).toList();
    }

    private static Optional<String> of(CallEvent event, Instant now) {
        return switch (event) {
            case CallEvent.Created _ -> Optional.of("created");
            case CallEvent.Owned(var application) -> Optional.of("counts for " + application);
            case CallEvent.Gathered _ -> Optional.of("gathered");
            case CallEvent.PlacedAnew(var placement) ->
                    Optional.of(
                            "placed at "
                                    + placement.worker().ordinal()
                                    + " for the "
                                    + placement.placementEpoch());
            case CallEvent.HandOverBegan(var placement, var awaited) ->
                    Optional.of(
                            "hands over "
                                    + awaited
                                    + " to "
                                    + placement.worker().ordinal()
                                    + " for the "
                                    + placement.placementEpoch());
            case CallEvent.LegHandedOver(var leg) -> Optional.of("handed over " + leg);
            case CallEvent.HandOverEnded _ -> Optional.of("handed over");
            case CallEvent.LegInherited(var leg, var _) -> Optional.of("inherited " + leg);
            case CallEvent.OperationHeard(var operation, var since) ->
                    Optional.of(
                            since.isBefore(now)
                                    ? "resumed "
                                            + number(operation)
                                            + " at "
                                            + Duration.between(since, now)
                                    : "started " + number(operation));
            case CallEvent.ToneCollected(var operation, var tone, var _) ->
                    Optional.of("collected " + tone + " for " + number(operation));
            case CallEvent.LegLeaving(var leg, var _) -> Optional.of("leaving " + leg);
            case CallEvent.OperationGotLeg(var operation, var leg) ->
                    Optional.of("leg " + leg + " of " + number(operation));
            case CallEvent.Forwarded(var request) ->
                    Optional.of("forward " + text(request.command()));
            case CallEvent.Offered _ -> Optional.of("offered");
            case CallEvent.IncomingTold(var incoming) ->
                    Optional.of("asks for " + incoming.to().rawId());
            case CallEvent.IncomingSettled _ -> Optional.of("settled");
            case CallEvent.ConnectionMade(var made) ->
                    Optional.of("connection " + made.profile().origin());
            case CallEvent.LegAdded(var leg, var who, var referrer, var _) ->
                    Optional.of(
                            "added "
                                    + leg
                                    + " "
                                    + who.rawId()
                                    + (referrer == null ? "" : " for " + referrer));
            case CallEvent.LegTaken(var leg) -> Optional.of("taken " + leg);
            case CallEvent.LegMuted(var leg, boolean muted) ->
                    Optional.of((muted ? "muted " : "unmuted ") + leg);
            case CallEvent.LegHeld(var leg, var held) ->
                    Optional.of((held == null ? "unheld " : "held ") + leg);
            case CallEvent.ListeningBegan(var listening) ->
                    Optional.of("listens to " + listening.leg());
            case CallEvent.ListeningEnded _ -> Optional.empty();
            case CallEvent.LegRang(var leg) -> Optional.of("rang " + leg);
            case CallEvent.LegAnswered(var leg, var _, var _) -> Optional.of("answered " + leg);
            case CallEvent.LegChanged(var leg, var _, var held) ->
                    Optional.of("changed " + leg + (held ? " held" : ""));
            case CallEvent.ToneHeard(var leg, var sequence, var _) ->
                    Optional.of("tone " + sequence + " of " + leg);
            case CallEvent.LegOver(var leg, var end, var _) ->
                    Optional.of("over " + leg + " " + end.cause());
            case CallEvent.ConnectionLeft _ -> Optional.of("connection left");
            case CallEvent.OperationAccepted(var operation) ->
                    Optional.of("accepted " + number(operation.id()));
            case CallEvent.OperationMoved(var operation, var phase) ->
                    Optional.of(
                            phase.name().toLowerCase(java.util.Locale.ROOT)
                                    + " "
                                    + number(operation));
            case CallEvent.OperationOver(var operation) -> Optional.of("done " + number(operation));
            case CallEvent.EndBegan(var result, var who) ->
                    Optional.of("ending" + text(result) + " " + who);
            case CallEvent.Ended(var forgetAt) ->
                    Optional.of("ended, kept " + Duration.between(now, forgetAt));
            case CallEvent.Forgotten _ -> Optional.of("forgotten");
            case CallEvent.TimerSet(var name, var dueAt) ->
                    Optional.of(
                            "timer "
                                    + name
                                    + (dueAt == null
                                            ? " off"
                                            : " " + Duration.between(now, dueAt)));
            case CallEvent.Ordered(var order) -> Optional.of("order " + text(order.command()));
            case CallEvent.Told(var _, var told) -> Optional.of("told " + text(told));
            case CallEvent.RecordingChanged(var recording) ->
                    Optional.of("recording " + number(recording.id()) + " " + recording.phase());
            case CallEvent.RecordingOrdered(var command) -> Optional.of("record " + text(command));
            case CallEvent.StreamChanged(var _, var streaming) ->
                    Optional.of(
                            (streaming.spec() instanceof TranscriptionSpec ? "words " : "stream ")
                                    + streaming.runs()
                                    + " "
                                    + streaming.phase());
            case CallEvent.SettlingBegan _ -> Optional.of("settling");
            case CallEvent.Recorded(var record) ->
                    Optional.of("recorded" + text(record.result()) + " " + record.termination());
            // Bookkeeping that shows in the facts beside it.
            case CallEvent.RosterTold _, CallEvent.Answered _ -> Optional.empty();
        };
    }

    private static String text(CallCommand command) {
        return switch (command) {
            case BetweenCalls.HandOver(var _, var _, var who, var _, var operation) ->
                    "HandOver " + who.rawId() + " " + number(operation);
            case BetweenCalls.TakeOver(
                            var _,
                            var operation,
                            var who,
                            var dialog,
                            var begin,
                            var _,
                            var _) ->
                    "TakeOver "
                            + who.rawId()
                            + " "
                            + number(operation)
                            + (dialog == null ? " not" : "")
                            + (begin == null ? "" : " into a new call");
            case CallCommand other -> other.getClass().getSimpleName();
        };
    }

    private static String text(MediaCommand command) {
        return switch (command) {
            case MediaCommand.Dial dial -> "Dial " + dial.leg();
            case MediaCommand.HangUpLeg(var leg) -> "HangUpLeg " + leg;
            case MediaCommand.StartPlay play ->
                    "StartPlay "
                            + number(play.operationId())
                            + (play.legs().isEmpty() ? "" : " to " + play.legs())
                            + (play.resumeAt() == null ? "" : " from " + play.resumeAt());
            case MediaCommand.StopPlay(var id) -> "StopPlay " + number(id);
            case MediaCommand.StartRecognize recognize ->
                    "StartRecognize "
                            + number(recognize.operationId())
                            + " of "
                            + recognize.leg()
                            + (recognize.resumed() == null
                                    ? ""
                                    : " from "
                                            + recognize.resumed().resumeAt()
                                            + " with "
                                            + recognize.resumed().tones());
            case MediaCommand.StopRecognize(var id) -> "StopRecognize " + number(id);
            case MediaCommand.ReleaseCall _ -> "ReleaseCall";
            case MediaCommand.RingLeg(var leg) -> "RingLeg " + leg;
            case MediaCommand.AnswerLeg(var leg, var _) -> "AnswerLeg " + leg;
            case MediaCommand.RejectLeg(var leg, int status, var _) ->
                    "RejectLeg " + leg + " " + status;
            case MediaCommand.MuteLeg(var leg, boolean muted) ->
                    (muted ? "MuteLeg " : "UnmuteLeg ") + leg;
            case MediaCommand.HoldLeg(var _, var leg, var music) ->
                    "HoldLeg " + leg + (music == null ? "" : " with music");
            case MediaCommand.UnholdLeg(var leg) -> "UnholdLeg " + leg;
            case MediaCommand.ReportTones(var leg, boolean on) ->
                    "ReportTones " + leg + (on ? " on" : " off");
            case MediaCommand.PressTone(var leg, var tone, var _) ->
                    "PressTone " + leg + " " + tone;
            case MediaCommand.SendTones tones -> "SendTones " + tones.leg() + " " + tones.tones();
            case MediaCommand.NotifyReferrer(var leg, int status, var _) ->
                    "NotifyReferrer " + leg + " " + status;
            case MediaCommand.ReleaseLeg(var leg) -> "ReleaseLeg " + leg;
            case MediaCommand.AdoptLeg adopt ->
                    "AdoptLeg "
                            + adopt.leg()
                            + (adopt.reportTones() ? " with tones" : "")
                            + (adopt.tonesReported() == 0 ? "" : " from " + adopt.tonesReported())
                            + (adopt.lastPress() == null ? "" : " after " + adopt.lastPress())
                            + (adopt.stillServed() ? " still served" : "");
            case MediaCommand.HandOverCall _ -> "HandOverCall";
            case MediaCommand.AbandonCall(var ended) ->
                    ended == null ? "AbandonCall" : "AbandonCall without " + ended;
            case MediaCommand.StartStream start ->
                    "StartStream"
                            + start.legs().stream()
                                    .map(one -> " " + one.leg() + "=" + one.participant().rawId())
                                    .collect(Collectors.joining());
            case MediaCommand.StartTranscription start ->
                    "StartTranscription "
                            + start.spec().locale()
                            + start.legs().stream()
                                    .map(one -> " " + one.leg() + "=" + one.participant().rawId())
                                    .collect(Collectors.joining());
            case MediaCommand.UpdateTranscription(var _, int update, var spec) ->
                    "UpdateTranscription #" + update + " " + spec.locale();
            case MediaCommand.StreamLeg(var _, var one) ->
                    "StreamLeg " + one.leg() + "=" + one.participant().rawId();
            case MediaCommand.StopStream _ -> "StopStream";
            case MediaCommand.StartRecording start ->
                    "StartRecording "
                            + number(start.recording())
                            + start.channels().stream()
                                    .map(one -> " " + one.leg() + "@" + one.channel())
                                    .collect(Collectors.joining())
                            + (start.position() == 0 ? "" : " from " + start.position())
                            + (start.paused() ? " paused" : "");
            case MediaCommand.RecordLeg(var recording, var channel) ->
                    "RecordLeg "
                            + number(recording)
                            + " "
                            + channel.leg()
                            + "@"
                            + channel.channel();
            case MediaCommand.PauseRecording(var recording) ->
                    "PauseRecording " + number(recording);
            case MediaCommand.ResumeRecording(var recording) ->
                    "ResumeRecording " + number(recording);
            case MediaCommand.StopRecording(var recording) -> "StopRecording " + number(recording);
        };
    }

    static String text(RecordingCommand command) {
        return switch (command) {
            case RecordingCommand.Open open -> "Open " + number(open.recording());
            case RecordingCommand.Finish finish ->
                    "Finish "
                            + number(finish.recording())
                            + " "
                            + finish.reason()
                            + (finish.samples() == null ? "" : " " + finish.samples());
        };
    }

    private static long number(RecordingId recording) {
        return recording.low() & 0xFFFF;
    }

    private static String text(EventRecord told) {
        String context = told.operationContext();
        return text(told.event())
                + text(told.result())
                + (context == null ? "" : " (" + context + ")");
    }

    private static String text(SubscriberEvent event) {
        String name = event.getClass().getSimpleName();
        return switch (event) {
            case SubscriberEvent.CallConnectionStateChanged(var state) -> name + " " + state;
            case SubscriberEvent.ParticipantsUpdated(var sequence, var participants) ->
                    name + "#" + sequence + " " + roster(participants);
            case SubscriberEvent.PlayAudioResult(var status) -> name + " " + status;
            case SubscriberEvent.DtmfReceived(var _, var sequence, var tone) ->
                    name + " " + tone + "#" + sequence;
            case SubscriberEvent.RecognizeCompleted(var tones, var understood) ->
                    name
                            + " "
                            + (understood == null
                                    ? tones
                                    : understood.label() + " " + understood.text());
            case SubscriberEvent.AddParticipantSucceeded(var who) -> name + " " + who.rawId();
            case SubscriberEvent.AddParticipantFailed(var who) -> name + " " + who.rawId();
            case SubscriberEvent.RemoveParticipantSucceeded(var who) -> name + " " + who.rawId();
            case SubscriberEvent.RemoveParticipantFailed(var who) -> name + " " + who.rawId();
            case SubscriberEvent.CancelAddParticipantSucceeded(var id) -> name + " " + number(id);
            case SubscriberEvent.CancelAddParticipantFailed(var id) -> name + " " + number(id);
            case SubscriberEvent.MoveParticipantSucceeded(var who, var _) ->
                    name + " " + who.rawId();
            case SubscriberEvent.MoveParticipantFailed(var who, var _) -> name + " " + who.rawId();
            case SubscriberEvent.CallTransferAccepted(var target, var transferee) ->
                    name + " " + transferee.rawId() + " to " + target.rawId();
            case SubscriberEvent.ContinuousDtmfRecognitionToneReceived(var sequence, var tone) ->
                    name + " " + tone + "#" + sequence;
            case SubscriberEvent.AddParticipantResult(var status) -> name + " " + status;
            case SubscriberEvent.IncomingCall call ->
                    name
                            + " "
                            + call.from().rawId()
                            + " to "
                            + call.to().rawId()
                            + " "
                            + call.incomingCallContext();
            case SubscriberEvent.MediaStreamingStarted(var details) -> name + " " + details;
            case SubscriberEvent.MediaStreamingStopped(var details) -> name + " " + details;
            case SubscriberEvent.MediaStreamingFailed(var details) -> name + " " + details;
            case SubscriberEvent.TranscriptionStarted(var details) -> name + " " + details;
            case SubscriberEvent.TranscriptionStopped(var details) -> name + " " + details;
            case SubscriberEvent.TranscriptionUpdated(var details) -> name + " " + details;
            case SubscriberEvent.TranscriptionFailed(var details) -> name + " " + details;
            case SubscriberEvent.RecordingStateChanged(var _, var state, var _) ->
                    name + " " + state;
            case SubscriberEvent.CallRecordingStateChanged(var _, var state, var _) ->
                    name + " " + state;
            case SubscriberEvent.RecordingFileStatusUpdated file ->
                    name + " " + file.endReason() + (file.file() == null ? " no file" : "");
            case SubscriberEvent.StartRecordingFailed _,
                    SubscriberEvent.AnswerFailed _,
                    SubscriberEvent.ConnectFailed _,
                    SubscriberEvent.CallTransferFailed _,
                    SubscriberEvent.HoldFailed _,
                    SubscriberEvent.ContinuousDtmfRecognitionStopped _,
                    SubscriberEvent.SendDtmfTonesCompleted _,
                    SubscriberEvent.SendDtmfTonesFailed _,
                    SubscriberEvent.CallConnected _,
                    SubscriberEvent.CallDisconnected _,
                    SubscriberEvent.CreateCallFailed _,
                    SubscriberEvent.PlayStarted _,
                    SubscriberEvent.PlayCompleted _,
                    SubscriberEvent.PlayFailed _,
                    SubscriberEvent.PlayCanceled _,
                    SubscriberEvent.RecognizeFailed _,
                    SubscriberEvent.RecognizeCanceled _ ->
                    name;
        };
    }

    private static String roster(List<Participant> participants) {
        return participants.stream()
                .map(one -> one.legId() + (one.isOnHold() ? "h" : "") + (one.isMuted() ? "m" : ""))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String text(@org.jspecify.annotations.Nullable ResultInformation result) {
        return result == null ? "" : " " + result.code() + "/" + result.subCode();
    }

    private static long number(io.strowger.contracts.id.OperationId operation) {
        return operation.value().getLeastSignificantBits();
    }
}
