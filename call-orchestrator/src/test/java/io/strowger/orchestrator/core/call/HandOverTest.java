package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.Inputs.ALICE;
import static io.strowger.orchestrator.core.call.Inputs.BOB;
import static io.strowger.orchestrator.core.call.Inputs.USER;
import static io.strowger.orchestrator.core.call.Inputs.cancelsAll;
import static io.strowger.orchestrator.core.call.Inputs.collects;
import static io.strowger.orchestrator.core.call.Inputs.dialog;
import static io.strowger.orchestrator.core.call.Inputs.finishes;
import static io.strowger.orchestrator.core.call.Inputs.operation;
import static io.strowger.orchestrator.core.call.Inputs.plays;
import static io.strowger.orchestrator.core.call.Inputs.presses;
import static io.strowger.orchestrator.core.call.Inputs.recognized;
import static io.strowger.orchestrator.core.call.Inputs.recognizes;
import static io.strowger.orchestrator.core.call.Inputs.reports;
import static io.strowger.orchestrator.core.call.Inputs.starts;
import static io.strowger.orchestrator.core.call.Inputs.terminates;
import static io.strowger.orchestrator.core.call.OtherWorker.THERE;
import static io.strowger.orchestrator.core.call.OtherWorker.talking;
import static io.strowger.orchestrator.core.call.OtherWorker.thereReports;
import static io.strowger.orchestrator.core.call.People.adds;
import static io.strowger.orchestrator.core.call.People.listens;
import static io.strowger.orchestrator.core.call.People.mutes;
import static io.strowger.orchestrator.core.call.People.sends;
import static io.strowger.orchestrator.core.call.Recorder.FIRST;
import static io.strowger.orchestrator.core.call.Recorder.opened;
import static io.strowger.orchestrator.core.call.Recorder.records;
import static io.strowger.orchestrator.core.call.Recorder.stops;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.contracts.placement.Placement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A worker that is told to stop is left by its calls, one by one, while it still serves them.
class HandOverTest {
    private static final CallInput LEAVES = new CallInput.WorkerLeaving(Inputs.PLACEMENT);

    @Test
    void aWorkerThatLeavesLetsGoAndAnotherGoesOn() {
        talking()
                .and(plays(1), starts(1))
                .later(Duration.ofSeconds(9))
                .when(LEAVES)
                .then(
                        "order HandOverCall",
                        "hands over [1, 2] to 4 for the 2",
                        "timer HAND_OVER PT5S",
                        "order AdoptLeg 1 still served",
                        "order AdoptLeg 2 still served",
                        "resumed 1 at PT10S",
                        "order StartPlay 1 from PT10S")
                .when(LEAVES)
                .thenNothing()
                .when(turns(2))
                .then("changed 2", "order ReleaseLeg 2", "handed over 2")
                .when(turns(2))
                .thenNothing()
                .when(turns(1))
                .then(
                        "changed 1",
                        "order ReleaseLeg 1",
                        "handed over 1",
                        "order AbandonCall",
                        "handed over",
                        "timer HAND_OVER off");
    }

    private static CallInput turns(int leg) {
        return thereReports(new MediaEvent.LegAnswered(new LegId(leg), dialog(1002)));
    }

    private static CallScenario handingOver() {
        return talking().and(records(1), opened(FIRST), LEAVES);
    }

    @Test
    void eachWorkerIsToldItsOwnOrdersWhileACallIsHandedOver() {
        CallScenario call = talking().and(LEAVES, turns(1), mutes(1, ALICE), turns(2));

        assertEquals(List.of(3L, 4L, 5L, 6L), sequences(call, Inputs.PLACEMENT));
        assertEquals(List.of(1L, 2L, 3L), sequences(call, THERE));
    }

    private static List<Long> sequences(CallScenario call, Placement at) {
        return call.orders().stream()
                .filter(order -> order.placement().equals(at))
                .map(order -> order.orderSequence())
                .filter(sequence -> !at.equals(Inputs.PLACEMENT) || sequence > 2)
                .toList();
    }

    @Test
    void keysThatTheFormerWorkerHearsCountAtTheNewOneToo() {
        talking()
                .and(recognizes(1, ALICE), collects(1, Tone.ONE, 1), LEAVES)
                .when(collects(1, Tone.TWO, 2))
                .then("collected TWO for 1", "order PressTone 1 TWO")
                .when(thereReports(new MediaEvent.ToneCollected(operation(1), Tone.TWO, 2)))
                .thenNothing()
                .when(turns(1))
                .thenOrdered("ReleaseLeg 1")
                .when(collects(1, Tone.THREE, 3))
                .thenNothing();
    }

    @Test
    void theKeyThatIsBeingPressedIsNotANewOneAtTheNewWorker() {
        talking()
                .and(
                        recognizes(1, ALICE),
                        reports(new MediaEvent.ToneCollected(operation(1), Tone.ONE, 1, 77L)))
                .when(LEAVES)
                .thenOrdered(
                        "HandOverCall",
                        "AdoptLeg 1 after 77 still served",
                        "AdoptLeg 2 still served",
                        "StartRecognize 1 of 1 from PT0S with [ONE]");
        talking()
                .and(
                        listens(2, ALICE),
                        reports(new MediaEvent.ToneReceived(new LegId(1), Tone.ONE, 1, 78L)))
                .when(LEAVES)
                .thenOrdered(
                        "HandOverCall",
                        "AdoptLeg 1 with tones from 1 after 78 still served",
                        "AdoptLeg 2 still served");
    }

    @Test
    void aRecognitionThatEndsAtTheFormerWorkerIsOver() {
        talking()
                .and(recognizes(1, ALICE), collects(1, Tone.ONE, 1), LEAVES)
                .when(recognized(1, RecognizeOutcome.MAX_TONES, Tone.ONE, Tone.TWO))
                .thenOrdered("StopRecognize 1");
        talking()
                .and(recognizes(1, ALICE), LEAVES)
                .when(recognized(1, RecognizeOutcome.INITIAL_SILENCE))
                .thenNothing();
    }

    @Test
    void aReportedKeyThatTheFormerWorkerHearsIsToldOnce() {
        CallScenario call = talking().and(listens(2, ALICE), presses(1, Tone.ONE, 1), LEAVES);

        call.when(presses(1, Tone.TWO, 2)).thenOrdered("PressTone 1 TWO");
        call.when(thereReports(new MediaEvent.ToneReceived(new LegId(1), Tone.TWO, 2)))
                .thenNothing();
    }

    @Test
    void aRecordingChangesWorkersWhenAllPhonesHaveTurned() {
        handingOver()
                .when(turns(1))
                .thenOrdered("ReleaseLeg 1")
                .and(turns(1))
                .later(Duration.ofSeconds(1))
                .when(turns(2))
                .thenOrdered("ReleaseLeg 2", "AbandonCall", "StartRecording 1 from 40000");
    }

    @Test
    void aPhoneThatDoesNotTurnIsNotWaitedForForEver() {
        handingOver()
                .when(turns(1))
                .whenTimer(TimerName.HAND_OVER)
                .thenOrdered("AbandonCall", "StartRecording 1 from 56000")
                .when(turns(2))
                .then("changed 2");
    }

    @Test
    void whatIsAskedOfARecordingIsAskedOfTheNewWorker() {
        handingOver()
                .when(stops(2, FIRST))
                .thenOrdered("AbandonCall", "StartRecording 1 from 24000", "StopRecording 1");
        handingOver()
                .when(terminates())
                .thenOrdered(
                        "AbandonCall", "StartRecording 1 from 24000", "HangUpLeg 1", "HangUpLeg 2");
    }

    @Test
    void aPhoneThatTheNewWorkerCannotReachIsHungUpByTheFormerOne() {
        talking()
                .and(LEAVES)
                .when(
                        thereReports(
                                new MediaEvent.LegEnded(
                                        new LegId(2),
                                        new io.strowger.contracts.media.LegEnd(
                                                io.strowger.contracts.media.LegEnd.Cause
                                                        .UNREACHABLE,
                                                0,
                                                "not reachable"))))
                .thenOrdered("HangUpLeg 2")
                .when(turns(1))
                .thenOrdered("ReleaseLeg 1", "AbandonCall");
    }

    @Test
    void aCallThatIsHandedOverIsNotHandedOnBeforeItIsThere() {
        CallInput leavesThere = new CallInput.WorkerLeaving(THERE);
        Placement third = new Placement(new WorkerId(5), 1, 1);
        talking()
                .and(LEAVES)
                .withWorker(third)
                .when(leavesThere)
                .thenNothing()
                .and(turns(1), turns(2))
                .when(leavesThere)
                .thenOrdered("HandOverCall", "AdoptLeg 1 still served", "AdoptLeg 2 still served");
        talking()
                .and(LEAVES)
                .withWorker(third)
                .when(new CallInput.WorkerLost(THERE))
                .thenOrdered("AbandonCall", "AbandonCall", "AdoptLeg 1", "AdoptLeg 2");
    }

    @Test
    void aWorkerThatLeavesKeepsWhatCannotBeCarriedOn() {
        talking().and(adds(1, USER)).when(LEAVES).thenNothing();
        talking().and(sends(1, BOB, Tone.ONE)).when(LEAVES).thenNothing();
        talking().withoutWorkers().when(LEAVES).thenNothing();
        talking().and(terminates()).when(LEAVES).thenNothing();
        talking()
                .and(plays(1), starts(1), cancelsAll())
                .when(LEAVES)
                .thenNothing()
                .and(finishes(1, PlayOutcome.CANCELED))
                .when(LEAVES)
                .thenOrdered("HandOverCall", "AdoptLeg 1 still served", "AdoptLeg 2 still served");
    }
}
