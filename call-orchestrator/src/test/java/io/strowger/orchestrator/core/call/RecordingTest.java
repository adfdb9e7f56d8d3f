package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;
import static io.strowger.orchestrator.core.call.Inputs.ALICE;
import static io.strowger.orchestrator.core.call.Inputs.BOB;
import static io.strowger.orchestrator.core.call.Inputs.NEWEST;
import static io.strowger.orchestrator.core.call.Inputs.PREVIEW;
import static io.strowger.orchestrator.core.call.Inputs.USER;
import static io.strowger.orchestrator.core.call.Inputs.answers;
import static io.strowger.orchestrator.core.call.Inputs.create;
import static io.strowger.orchestrator.core.call.Inputs.hangsUpFromFar;
import static io.strowger.orchestrator.core.call.Inputs.isHungUp;
import static io.strowger.orchestrator.core.call.Inputs.terminates;
import static io.strowger.orchestrator.core.call.People.adds;
import static io.strowger.orchestrator.core.call.Recorder.FIRST;
import static io.strowger.orchestrator.core.call.Recorder.SECOND;
import static io.strowger.orchestrator.core.call.Recorder.failed;
import static io.strowger.orchestrator.core.call.Recorder.finished;
import static io.strowger.orchestrator.core.call.Recorder.lost;
import static io.strowger.orchestrator.core.call.Recorder.notOpened;
import static io.strowger.orchestrator.core.call.Recorder.opened;
import static io.strowger.orchestrator.core.call.Recorder.pauses;
import static io.strowger.orchestrator.core.call.Recorder.records;
import static io.strowger.orchestrator.core.call.Recorder.recordsBy;
import static io.strowger.orchestrator.core.call.Recorder.recordsPaused;
import static io.strowger.orchestrator.core.call.Recorder.recordsUnmixed;
import static io.strowger.orchestrator.core.call.Recorder.resumes;
import static io.strowger.orchestrator.core.call.Recorder.stopped;
import static io.strowger.orchestrator.core.call.Recorder.stops;
import static io.strowger.orchestrator.core.call.Recorder.wasPaused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand.ChannelAffinity;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.call.CallReply.RecordingDescribed;
import io.strowger.contracts.recording.RecordingCommand.Finish;
import io.strowger.contracts.recording.RecordingCommand.Loss;
import io.strowger.contracts.recording.RecordingCommand.Pause;
import io.strowger.contracts.recording.RecordingCommand.RecordedParticipant;
import io.strowger.contracts.recording.RecordingState;
import io.strowger.orchestrator.core.call.CallInput.WorkerLost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private static CallScenario talking() {
        return given(create(NEWEST, ALICE, BOB), answers(1), answers(2));
    }

    private static CallScenario recording() {
        return talking().and(records(1), opened(FIRST));
    }

    @Test
    void isFedAtOnceAndToldOnceItCanBeStored() {
        talking()
                .when(records(1))
                .then(
                        "connection OUTSIDE",
                        "recording 1 RECORDING",
                        "order StartRecording 1",
                        "record Open 1")
                .thenAnswered(new RecordingDescribed(FIRST, RecordingState.ACTIVE))
                .and()
                .when(opened(FIRST))
                .thenTold("RecordingStateChanged ACTIVE 200/0")
                .and()
                .when(opened(FIRST))
                .thenNothing();
    }

    @Test
    void isToldInTheWordsOf2021() {
        talking()
                .and(records(1, PREVIEW))
                .when(opened(FIRST))
                .thenTold("CallRecordingStateChanged ACTIVE");
    }

    @Test
    void pausesAndGoesOn() {
        recording()
                .when(pauses(1, FIRST))
                .thenOrdered("PauseRecording 1")
                .thenTold("RecordingStateChanged INACTIVE 200/0")
                .and()
                .when(pauses(2, FIRST))
                .thenOrdered()
                .thenTold()
                .and()
                .when(resumes(1, FIRST))
                .thenOrdered("ResumeRecording 1")
                .thenTold("RecordingStateChanged ACTIVE 200/0");
    }

    @Test
    void beginsPausedIfAsked() {
        talking()
                .when(recordsPaused(1))
                .thenOrdered("StartRecording 1 paused")
                .thenAnswered(new RecordingDescribed(FIRST, RecordingState.INACTIVE))
                .and()
                .when(opened(FIRST))
                .thenTold("RecordingStateChanged INACTIVE 200/0");
    }

    @Test
    void stopsThenFinishesThenTellsOfTheFile() {
        recording()
                .when(stops(1, FIRST))
                .then(
                        "order StopRecording 1",
                        "recording 1 STOPPING",
                        "told RecordingStateChanged INACTIVE 200/0",
                        "timer RECORDING_STOP PT30S")
                .and()
                .when(stopped(FIRST, 16_000))
                .then(
                        "recording 1 FINISHING",
                        "record Finish 1 STOPPED 16000",
                        "timer RECORDING_STOP off")
                .and()
                .when(finished(FIRST))
                .then("recording 1 OVER", "told RecordingFileStatusUpdated STOPPED 200/0")
                .and()
                .when(finished(FIRST))
                .thenNothing();
    }

    @Test
    void theFinishSaysWhatTheFileLacks() {
        CallScenario scenario =
                recording()
                        .and(pauses(1, FIRST), resumes(1, FIRST))
                        .and(wasPaused(FIRST, 800, Duration.ofSeconds(3)))
                        .and(wasPaused(FIRST, 800, Duration.ofSeconds(3)))
                        .and(lost(FIRST, 1600, 1600))
                        .and(stops(1, FIRST), stopped(FIRST, 16_000));

        Finish finish =
                scenario.recordingCommands().stream()
                        .filter(Finish.class::isInstance)
                        .map(Finish.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertEquals(List.of(new Pause(800, Duration.ofSeconds(3))), finish.pauses());
        assertEquals(List.of(new Loss(1600, 1600)), finish.losses());
        assertEquals(
                List.of(new RecordedParticipant(ALICE, null), new RecordedParticipant(BOB, null)),
                finish.participants());
        assertEquals(Duration.ofHours(48), finish.keepFor());
    }

    @Test
    void stoppingTwiceIsOneStop() {
        recording()
                .and(stops(1, FIRST))
                .when(stops(2, FIRST))
                .thenOrdered()
                .thenTold()
                .thenAnswered(new Done());
    }

    @Test
    void aStoppedOneDoesNotGoOn() {
        recording()
                .and(stops(1, FIRST))
                .when(resumes(1, FIRST))
                .thenRefused(CallError.CALL_NOT_ESTABLISHED);
        recording()
                .and(stops(1, FIRST))
                .when(pauses(1, FIRST))
                .thenRefused(CallError.CALL_NOT_ESTABLISHED);
    }

    @Test
    void aWorkerThatNeverSaysItStoppedIsNotWaitedFor() {
        recording()
                .and(stops(1, FIRST))
                .whenTimer(TimerName.RECORDING_STOP)
                .then(
                        "timer RECORDING_STOP off",
                        "recording 1 FINISHING",
                        "record Finish 1 STOPPED");
    }

    @Test
    void severalOfOneCallAreEachTheirOwn() {
        recording()
                .when(records(2))
                .thenOrdered("StartRecording 2")
                .and(opened(SECOND))
                .when(stops(1, FIRST))
                .thenOrdered("StopRecording 1")
                .thenTold("RecordingStateChanged INACTIVE 200/0")
                .and()
                .when(Recorder.describes(SECOND))
                .thenAnswered(new RecordingDescribed(SECOND, RecordingState.ACTIVE))
                .and()
                .when(Recorder.describes(FIRST))
                .thenAnswered(new RecordingDescribed(FIRST, RecordingState.INACTIVE));
    }

    @Test
    void endsWithTheCallWhichStaysUntilItsFileIsThere() {
        CallScenario scenario =
                recording()
                        .and(terminates(), isHungUp(1))
                        .when(isHungUp(2))
                        .thenOrdered("ReleaseCall")
                        .thenTold(
                                "CallDisconnected 200/7000 (call)",
                                "RecordingStateChanged INACTIVE 200/0");
        assertInstanceOf(CallState.Settling.class, scenario.state());

        scenario.and()
                .when(Inputs.plays(9))
                .thenRefused(CallError.CALL_ALREADY_TERMINATED)
                .when(records(2))
                .thenRefused(CallError.CALL_ALREADY_TERMINATED)
                .when(stopped(FIRST, 16_000))
                .then(
                        "recording 1 FINISHING",
                        "record Finish 1 CALL_ENDED 16000",
                        "timer RECORDING_STOP off")
                .and()
                .when(finished(FIRST))
                .then(
                        "recording 1 OVER",
                        "told RecordingFileStatusUpdated CALL_ENDED 200/0",
                        "ended, kept PT10M")
                .and()
                .when(Recorder.describes(FIRST))
                .thenAnswered(new RecordingDescribed(FIRST, RecordingState.INACTIVE))
                .when(stops(7, FIRST))
                .thenAnswered(new Done())
                .when(pauses(8, FIRST))
                .thenRefused(CallError.CALL_ALREADY_TERMINATED)
                .when(Recorder.describes(SECOND))
                .thenRefused(CallError.RECORDING_NOT_FOUND);
    }

    @Test
    void whatIsFinishedBeforeTheEndDoesNotHoldTheCall() {
        recording()
                .and(stops(1, FIRST), stopped(FIRST, 1600), finished(FIRST))
                .and(terminates(), isHungUp(1))
                .when(isHungUp(2))
                .thenTold("CallDisconnected 200/7000 (call)");
    }

    @Test
    void theEndOfACallCanBeGivenUpWhileItIsRecorded() {
        CallScenario scenario = recording().and(terminates()).whenTimer(TimerName.DISCONNECTING);

        assertInstanceOf(CallState.Settling.class, scenario.state());
        scenario.when(hangsUpFromFar(1))
                .thenNothing()
                .whenTimer(TimerName.RECORDING_STOP)
                .then(
                        "timer RECORDING_STOP off",
                        "recording 1 FINISHING",
                        "record Finish 1 CALL_ENDED");
    }

    @Test
    void aLostWorkerLeavesWhatReachedTheLog() {
        CallScenario scenario =
                recording().when(new WorkerLost(Inputs.PLACEMENT)).whenTimer(TimerName.FAILOVER);

        assertEquals(List.of("Open 1", "Finish 1 MEDIA_LOST"), scenario.factsOfRecordingCommands());
        assertInstanceOf(CallState.Settling.class, scenario.state());
        assertEquals(java.util.Optional.empty(), scenario.state().placement());
        scenario.when(failed(FIRST))
                .thenTold("RecordingFileStatusUpdated MEDIA_LOST no file 500/9999");
        assertInstanceOf(CallState.Ended.class, scenario.state());
    }

    @Test
    void aWorkerLostAfterTheCallIsNotWaitedFor() {
        recording()
                .and(terminates(), isHungUp(1), isHungUp(2))
                .when(new WorkerLost(Inputs.PLACEMENT))
                .then(
                        "recording 1 FINISHING",
                        "record Finish 1 CALL_ENDED",
                        "timer RECORDING_STOP off");
    }

    @Test
    void aStoreThatCannotTakeItIsTold() {
        talking()
                .and(records(1))
                .when(notOpened(FIRST))
                .thenOrdered("StopRecording 1")
                .thenTold("StartRecordingFailed 500/9999")
                .and()
                .when(stopped(FIRST, 800))
                .thenNothing()
                .when(Recorder.describes(FIRST))
                .thenAnswered(new RecordingDescribed(FIRST, RecordingState.INACTIVE));
        talking()
                .and(records(1, ApiVersion.V2024_09_15))
                .when(notOpened(FIRST))
                .thenTold("RecordingStateChanged INACTIVE 500/9999");
        talking()
                .and(records(1, PREVIEW))
                .when(notOpened(FIRST))
                .thenTold("CallRecordingStateChanged INACTIVE");
    }

    @Test
    void unmixedChannelsFollowTheWishes() {
        talking()
                .when(recordsUnmixed(1, List.of(USER, BOB), new ChannelAffinity(0, ALICE)))
                .thenOrdered("StartRecording 1 1@0 2@1");
        talking().when(recordsUnmixed(1, List.of())).thenOrdered("StartRecording 1 1@0 2@1");
        talking().when(recordsUnmixed(1, List.of(USER))).thenOrdered("StartRecording 1 1@1 2@2");
    }

    @Test
    void whoComesLaterGetsAChannelAndKeepsIt() {
        talking()
                .and(recordsUnmixed(1, List.of()), adds(1, USER))
                .when(answers(3))
                .thenOrdered("RecordLeg 1 3@2")
                .and()
                .and(hangsUpFromFar(3), adds(2, USER))
                .when(answers(4))
                .thenOrdered("RecordLeg 1 4@2");
    }

    @Test
    void aMixedOneNeedsNoChannels() {
        recording().and(adds(1, USER)).when(answers(3)).thenOrdered();
    }

    @Test
    void isAskedOnlyOfACallThatIsGoingOn() {
        given(create(NEWEST, ALICE)).when(records(1)).thenRefused(CallError.CALL_NOT_ESTABLISHED);
        given().when(records(1)).thenRefused(CallError.CALL_NOT_FOUND);
        given().when(stops(1, FIRST)).thenRefused(CallError.RECORDING_NOT_FOUND);
        talking().when(stops(1, FIRST)).thenRefused(CallError.RECORDING_NOT_FOUND);
        talking()
                .and(terminates(), isHungUp(1), isHungUp(2))
                .when(records(1))
                .thenRefused(CallError.CALL_ALREADY_TERMINATED);
    }

    @Test
    void mayBeAskedInTheNameOfAConnection() {
        talking().when(recordsBy(1, Inputs.CONNECTION)).thenOrdered("StartRecording 1");
        talking()
                .when(recordsBy(1, Inputs.CALL.connection(9)))
                .thenRefused(CallError.CALL_NOT_FOUND);
    }
}
