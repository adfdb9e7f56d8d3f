package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;
import static io.strowger.orchestrator.core.call.Inputs.ALICE;
import static io.strowger.orchestrator.core.call.Inputs.BOB;
import static io.strowger.orchestrator.core.call.Inputs.NEWEST;
import static io.strowger.orchestrator.core.call.Inputs.USER;
import static io.strowger.orchestrator.core.call.Inputs.answers;
import static io.strowger.orchestrator.core.call.Inputs.cancelsAll;
import static io.strowger.orchestrator.core.call.Inputs.changes;
import static io.strowger.orchestrator.core.call.Inputs.collects;
import static io.strowger.orchestrator.core.call.Inputs.create;
import static io.strowger.orchestrator.core.call.Inputs.dialog;
import static io.strowger.orchestrator.core.call.Inputs.isHungUp;
import static io.strowger.orchestrator.core.call.Inputs.operation;
import static io.strowger.orchestrator.core.call.Inputs.plays;
import static io.strowger.orchestrator.core.call.Inputs.presses;
import static io.strowger.orchestrator.core.call.Inputs.recognizes;
import static io.strowger.orchestrator.core.call.Inputs.rings;
import static io.strowger.orchestrator.core.call.Inputs.starts;
import static io.strowger.orchestrator.core.call.Inputs.terminates;
import static io.strowger.orchestrator.core.call.OtherWorker.OTHER;
import static io.strowger.orchestrator.core.call.OtherWorker.THERE;
import static io.strowger.orchestrator.core.call.OtherWorker.talking;
import static io.strowger.orchestrator.core.call.OtherWorker.thereReports;
import static io.strowger.orchestrator.core.call.People.APPLICATION;
import static io.strowger.orchestrator.core.call.People.NUMBER_OF_USER;
import static io.strowger.orchestrator.core.call.People.adds;
import static io.strowger.orchestrator.core.call.People.answersIncoming;
import static io.strowger.orchestrator.core.call.People.callsIn;
import static io.strowger.orchestrator.core.call.People.cancels;
import static io.strowger.orchestrator.core.call.People.holds;
import static io.strowger.orchestrator.core.call.People.listens;
import static io.strowger.orchestrator.core.call.People.mutes;
import static io.strowger.orchestrator.core.call.People.refers;
import static io.strowger.orchestrator.core.call.People.removes;
import static io.strowger.orchestrator.core.call.People.sends;
import static io.strowger.orchestrator.core.call.People.transfers;
import static io.strowger.orchestrator.core.call.Recorder.FIRST;
import static io.strowger.orchestrator.core.call.Recorder.opened;
import static io.strowger.orchestrator.core.call.Recorder.pauses;
import static io.strowger.orchestrator.core.call.Recorder.records;
import static io.strowger.orchestrator.core.call.Recorder.recordsUnmixed;
import static io.strowger.orchestrator.core.call.Recorder.resumes;
import static io.strowger.orchestrator.core.call.Recorder.stops;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.placement.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Calls that outlive the process that carried them.
class FailoverTest {
    private static final CallInput LOST = new CallInput.WorkerLost(Inputs.PLACEMENT);

    @Test
    void anotherWorkerCarriesTheDialogsOnAndNobodyIsTold() {
        CallScenario call =
                talking()
                        .when(LOST)
                        .then(
                                "order AbandonCall",
                                "placed at 4 for the 2",
                                "order AdoptLeg 1",
                                "order AdoptLeg 2");

        assertEquals(Optional.of(THERE), call.state().placement());
        assertEquals(
                List.of(1L, 2L),
                call.orders().stream()
                        .filter(order -> order.placement().equals(THERE))
                        .map(order -> order.orderSequence())
                        .toList());
        call.and()
                .when(thereReports(new MediaEvent.LegAnswered(new LegId(1), dialog(1002))))
                .then("changed 1")
                .when(thereReports(new MediaEvent.LegAnswered(new LegId(1), dialog(1002))))
                .thenNothing();
    }

    @Test
    void whatTheLostOneSaysNowAndThatItIsLostChangesNothingMore() {
        talking()
                .and(LOST)
                .when(LOST)
                .thenNothing()
                .when(Inputs.hangsUpFromFar(1))
                .thenNothing()
                .when(new CallInput.WorkerLost(Inputs.PLACEMENT.withPlacementEpoch(2)))
                .thenNothing();
    }

    @Test
    void aLegThatCannotBeCarriedOnEndsAsAnyLeg() {
        talking()
                .and(LOST)
                .when(
                        thereReports(
                                new MediaEvent.LegEnded(
                                        new LegId(2),
                                        new io.strowger.contracts.media.LegEnd(
                                                io.strowger.contracts.media.LegEnd.Cause
                                                        .UNREACHABLE,
                                                481,
                                                "gone"))))
                .thenTold("ParticipantsUpdated#3 [1] 200/0");
    }

    @Test
    void whoeverIsMutedHeldOrListenedToStaysSo() {
        talking()
                .and(
                        mutes(1, ALICE),
                        holds(2, BOB),
                        listens(3, ALICE),
                        presses(1, Tone.ONE, 1),
                        presses(1, Tone.TWO, 2),
                        changes(2, 4, true))
                .when(LOST)
                .thenOrdered(
                        "AbandonCall",
                        "AdoptLeg 1 with tones from 2",
                        "MuteLeg 1",
                        "AdoptLeg 2",
                        "HoldLeg 2 with music")
                .thenTold()
                .when(thereReports(new MediaEvent.LegAnswered(new LegId(2), dialog(1005))))
                .then("changed 2 held");
    }

    @Test
    void musicThatCannotBeHadIsToldOnce() {
        MediaEvent failed =
                new MediaEvent.HoldFailed(
                        operation(2), new LegId(2), PlayOutcome.FETCH_FAILED, "404");
        talking()
                .and(holds(2, BOB))
                .when(Inputs.reports(failed))
                .thenTold("HoldFailed 400/8536 (hold2)")
                .and(LOST)
                .thenOrdered("AbandonCall", "AdoptLeg 1", "AdoptLeg 2", "HoldLeg 2")
                .when(thereReports(failed))
                .thenNothing();
    }

    @Test
    void aPlayGoesOnWhereItWasHeardLast() {
        talking()
                .and(plays(1), plays(2), starts(1))
                .later(Duration.ofSeconds(9))
                .when(LOST)
                .thenOrdered("AbandonCall", "AdoptLeg 1", "AdoptLeg 2", "StartPlay 1 from PT8S")
                .thenTold()
                .when(thereReports(new MediaEvent.PlayStarted(operation(1))))
                .thenNothing()
                .when(
                        thereReports(
                                new MediaEvent.PlayEnded(
                                        operation(1), PlayOutcome.COMPLETED, null, null)))
                .thenOrdered("StartPlay 2")
                .thenTold("PlayCompleted 200/0 (op1)");
    }

    @Test
    void aPlayThatIsCarriedOnTwiceIsNotSkippedForward() {
        talking()
                .and(plays(1), starts(1))
                .later(Duration.ofSeconds(9))
                .and(LOST)
                .withWorker(Inputs.PLACEMENT)
                .later(Duration.ofSeconds(4))
                .when(new CallInput.WorkerLost(THERE))
                .thenOrdered("AbandonCall", "AdoptLeg 1", "AdoptLeg 2", "StartPlay 1 from PT11S");
    }

    @Test
    void aPlayThatNobodyHeardYetBeginsAtItsBeginning() {
        talking()
                .and(plays(1))
                .when(LOST)
                .thenOrdered("AbandonCall", "AdoptLeg 1", "AdoptLeg 2", "StartPlay 1")
                .when(thereReports(new MediaEvent.PlayStarted(operation(1))))
                .thenTold("PlayStarted 200/0 (op1)");
    }

    @Test
    void aPlayThatWasToldToEndHasEnded() {
        talking()
                .and(plays(1), starts(1), cancelsAll())
                .when(LOST)
                .thenOrdered("AbandonCall", "AdoptLeg 1", "AdoptLeg 2")
                .thenTold("PlayCanceled 400/8508 (op1)");
    }

    @Test
    void aRecognitionKeepsTheTonesThatWerePressed() {
        talking()
                .and(recognizes(1, BOB), starts(1), collects(1, Tone.ONE, 1))
                .and(collects(1, Tone.TWO, 2), collects(1, Tone.TWO, 2))
                .when(LOST)
                .thenOrdered(
                        "AbandonCall",
                        "AdoptLeg 1",
                        "AdoptLeg 2",
                        "StartRecognize 1 of 2 from PT2S with [ONE, TWO]")
                .thenTold();
    }

    @Test
    void whoRingsIsGivenUpAndToldSo() {
        talking()
                .and(adds(1, USER), rings(3))
                .when(LOST)
                .thenOrdered("AbandonCall without [3]", "AdoptLeg 1", "AdoptLeg 2")
                .thenTold("AddParticipantFailed 8:acs:resource_carol 503/560503 (add1)");
        talking()
                .and(adds(1, USER), cancels(2, 1))
                .when(LOST)
                .thenTold("CancelAddParticipantSucceeded 1 200/5300 (cancel2)");
    }

    @Test
    void aCallInWhichEverybodyRingsIsOver() {
        given(create(NEWEST, ALICE, BOB), rings(1))
                .withWorker(OTHER)
                .when(LOST)
                .thenTold("CreateCallFailed 503/560503 (call)");
        given(callsIn(ALICE, APPLICATION)).withWorker(OTHER).when(LOST).thenTold();
        given(callsIn(ALICE, APPLICATION), answersIncoming())
                .withWorker(OTHER)
                .when(LOST)
                .thenTold("AnswerFailed 503/560503 (incoming)");
        CallScenario between =
                given(callsIn(ALICE, NUMBER_OF_USER), rings(2)).withWorker(OTHER).when(LOST);
        assertInstanceOf(CallState.Ended.class, between.state());
    }

    @Test
    void operationsThatCannotGoOnSayThatTheyFailed() {
        talking()
                .and(sends(1, BOB, Tone.ONE))
                .when(LOST)
                .thenTold("SendDtmfTonesFailed 500/9999 (send1)");
        given(callsIn(ALICE, APPLICATION), answersIncoming(), answers(1))
                .and(transfers(1, USER))
                .withWorker(OTHER)
                .when(LOST)
                .thenOrdered("AbandonCall without [2]", "AdoptLeg 1")
                .thenTold("CallTransferFailed 503/560503 (transfer1)");
        talking().and(refers(1, USER)).when(LOST).thenTold();
    }

    @Test
    void whoWasToldToLeaveIsToldAgain() {
        talking()
                .and(removes(1, BOB))
                .when(LOST)
                .thenOrdered("AbandonCall", "AdoptLeg 1", "AdoptLeg 2", "HangUpLeg 2");
        talking()
                .and(terminates())
                .when(LOST)
                .thenOrdered(
                        "AbandonCall", "AdoptLeg 1", "AdoptLeg 2", "HangUpLeg 1", "HangUpLeg 2")
                .thenTold()
                .when(thereReports(ended(1)))
                .when(thereReports(ended(2)))
                .thenTold("CallDisconnected 200/7000 (call)");
    }

    private static MediaEvent ended(int leg) {
        return new MediaEvent.LegEnded(
                new LegId(leg),
                new io.strowger.contracts.media.LegEnd(
                        io.strowger.contracts.media.LegEnd.Cause.LOCAL_HANG_UP, 200, "OK"));
    }

    @Test
    void whoWasOnTheWayToAnotherCallGoesThereAllTheSame() {
        talking()
                .and(
                        Inputs.asks(
                                700,
                                new BetweenCalls.HandOver(
                                        Inputs.CALL,
                                        Inputs.CONNECTION,
                                        BOB,
                                        Inputs.OTHER_CALL,
                                        operation(7))))
                .when(LOST)
                .thenOrdered("AbandonCall", "AdoptLeg 1")
                .thenForwarded("TakeOver 4:+15550100002 7")
                .thenTold("ParticipantsUpdated#3 [1] 200/0");
    }

    @Test
    void whoIsJustComingFromAnotherCallIsCarriedOn() {
        talking()
                .and(
                        Inputs.asks(
                                700,
                                new BetweenCalls.TakeOver(
                                        Inputs.CALL,
                                        operation(7),
                                        USER,
                                        dialog(7),
                                        null,
                                        null,
                                        null)))
                .when(LOST)
                .thenOrdered("AbandonCall", "AdoptLeg 1", "AdoptLeg 2", "AdoptLeg 3")
                .when(thereReports(new MediaEvent.LegAnswered(new LegId(3), dialog(1008))))
                .thenTold("ParticipantsUpdated#3 [1,2,3] 200/0");
    }

    @Test
    void aRecordingGoesOnAtItsPlace() {
        CallScenario call =
                talking()
                        .and(recordsUnmixed(1, List.of(BOB, ALICE)), opened(FIRST))
                        .later(Duration.ofMillis(8_013))
                        .when(LOST)
                        .thenOrdered(
                                "AbandonCall",
                                "AdoptLeg 1",
                                "AdoptLeg 2",
                                "StartRecording 1 1@1 2@0 from 80000")
                        .thenTold();

        assertEquals(List.of("Open 1"), call.factsOfRecordingCommands());
    }

    @Test
    void pausesOfARecordingAreLeftOut() {
        CallScenario call =
                talking()
                        .and(records(1), opened(FIRST), pauses(1, FIRST))
                        .and(
                                Inputs.reports(new MediaEvent.RecordingPaused(FIRST, 16_000)),
                                Recorder.wasPaused(FIRST, 16_000, Duration.ofSeconds(2)),
                                resumes(1, FIRST))
                        .later(Duration.ofSeconds(4))
                        .when(LOST)
                        .thenOrdered(
                                "AbandonCall",
                                "AdoptLeg 1",
                                "AdoptLeg 2",
                                "StartRecording 1 from 64000");
        assertEquals(1, recording(call).pauses().size());
    }

    @Test
    void aPausedRecordingStaysPausedAndItsPauseCounts() {
        CallScenario call =
                talking()
                        .and(records(1), opened(FIRST), pauses(1, FIRST))
                        .and(Inputs.reports(new MediaEvent.RecordingPaused(FIRST, 16_000)))
                        .later(Duration.ofSeconds(6))
                        .when(LOST)
                        .thenOrdered(
                                "AbandonCall",
                                "AdoptLeg 1",
                                "AdoptLeg 2",
                                "StartRecording 1 from 16000 paused");

        assertEquals(Duration.ofSeconds(8), recording(call).pauses().getFirst().duration());
        call.and(resumes(1, FIRST))
                .and(
                        thereReports(
                                new MediaEvent.RecordingResumed(
                                        FIRST, 16_000, Duration.ofSeconds(1))))
                .later(Duration.ofSeconds(3))
                .withWorker(Inputs.PLACEMENT)
                .when(new CallInput.WorkerLost(THERE))
                .thenOrdered(
                        "AbandonCall", "AdoptLeg 1", "AdoptLeg 2", "StartRecording 1 from 48000");
    }

    private static Recording recording(CallScenario call) {
        return ((CallState.Live) call.state()).call().recordings().getFirst();
    }

    @Test
    void aRecordingThatWasToldToEndIsFinishedWithWhatReachedTheLog() {
        CallScenario call = talking().and(records(1), opened(FIRST), stops(1, FIRST)).when(LOST);

        call.thenOrdered("AbandonCall", "AdoptLeg 1", "AdoptLeg 2").thenTold();
        assertEquals(List.of("Open 1", "Finish 1 STOPPED"), call.factsOfRecordingCommands());
    }

    @Test
    void withoutAnotherWorkerTheCallWaitsForOne() {
        talking()
                .withoutWorkers()
                .and(plays(1), starts(1))
                .later(Duration.ofSeconds(9))
                .when(LOST)
                .then("timer FAILOVER PT10S")
                .later(Duration.ofSeconds(3))
                .when(LOST)
                .thenNothing()
                .withWorker(Inputs.PLACEMENT)
                .when(LOST)
                .thenNothing()
                .withWorker(OTHER)
                .when(LOST)
                .then(
                        "order AbandonCall",
                        "placed at 4 for the 2",
                        "timer FAILOVER off",
                        "order AdoptLeg 1",
                        "order AdoptLeg 2",
                        "resumed 1 at PT8S",
                        "order StartPlay 1 from PT8S");
    }

    @Test
    void aNewLifeOfTheSameWorkerIsAnotherWorker() {
        talking()
                .withWorker(new Placement(Inputs.PLACEMENT.worker(), 18, 1))
                .when(LOST)
                .thenOrdered("AbandonCall", "AdoptLeg 1", "AdoptLeg 2");
    }

    @Test
    void whatIsAskedWhileItWaitsIsDoneAfterwards() {
        talking()
                .withoutWorkers()
                .and(LOST, plays(1))
                .withWorker(OTHER)
                .when(LOST)
                .thenOrdered("AbandonCall", "AdoptLeg 1", "AdoptLeg 2", "StartPlay 1");
        talking()
                .withoutWorkers()
                .and(LOST, terminates())
                .when(LOST)
                .thenTold("CallDisconnected 200/7000 (call)");
    }

    @Test
    void aCallThatIsOverIsNotCarriedOn() {
        talking().and(terminates(), isHungUp(1), isHungUp(2)).when(LOST).thenNothing();
    }
}
