package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.media.PlayOutcome;
import java.net.URI;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayTest {
    private static CallScenario connected(ApiVersion version) {
        return given(Inputs.create(version, Inputs.ALICE, Inputs.BOB), Inputs.answers(1));
    }

    private static CallScenario connected() {
        return connected(Inputs.NEWEST);
    }

    @Test
    void isStartedAtOnceWhenNothingPlays() {
        connected()
                .when(Inputs.plays(1))
                .then("accepted 1", "running 1", "order StartPlay 1")
                .thenAnswered(new OperationStarted(Inputs.operation(1), "op1"));
    }

    @Test
    void isRefusedBeforeAnAnswerAndWhileTheCallEnds() {
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE))
                .when(Inputs.plays(1))
                .thenRefused(CallError.CALL_NOT_ESTABLISHED);
        connected()
                .and(Inputs.terminates())
                .when(Inputs.plays(1))
                .thenRefused(CallError.CALL_ALREADY_TERMINATED);
        given().when(Inputs.plays(1)).thenRefused(CallError.CALL_NOT_FOUND);
    }

    @Test
    void isHeardByTheNamedOnly() {
        connected().when(Inputs.plays(1, Inputs.ALICE)).thenOrdered("StartPlay 1 to [1]");
    }

    @Test
    void isRefusedToWhomIsNotInTheCall() {
        connected()
                .when(Inputs.plays(1, Inputs.ALICE, Inputs.BOB)) // Bob still rings
                .thenRefused(CallError.PARTICIPANT_NOT_FOUND);
    }

    @Test
    void waitsBehindThePlayBeforeIt() {
        connected()
                .and(Inputs.plays(1))
                .when(Inputs.plays(2))
                .then("accepted 2")
                .when(Inputs.finishes(1, PlayOutcome.COMPLETED))
                .then("done 1", "told PlayCompleted 200/0 (op1)", "running 2", "order StartPlay 2");
    }

    @Test
    void cancelsWhatRunsAndWaitsWhenItInterrupts() {
        connected()
                .and(Inputs.plays(1), Inputs.plays(2))
                .when(Inputs.interruptsWithPlay(3))
                .then(
                        "stopping 1",
                        "order StopPlay 1",
                        "done 2",
                        "told PlayCanceled 400/8508 (op2)",
                        "accepted 3",
                        "running 3",
                        "order StartPlay 3")
                .when(Inputs.finishes(1, PlayOutcome.CANCELED))
                .then("done 1", "told PlayCanceled 400/8508 (op1)");
    }

    @Test
    void endsAsTheWorkerSaysWhenItEndedJustBeforeItWasCanceled() {
        connected()
                .and(Inputs.plays(1), Inputs.cancelsAll())
                .when(Inputs.finishes(1, PlayOutcome.COMPLETED))
                .thenTold("PlayCompleted 200/0 (op1)");
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, PlayCompleted 200/0 (op1)",
        "CANCELED, PlayCanceled 400/8508 (op1)",
        "FETCH_FAILED, PlayFailed 400/8536 (op1)",
        "BAD_FORMAT, PlayFailed 400/8535 (op1)",
        "SPEECH_FAILED, PlayFailed 400/8565 (op1)",
        "FAILED, PlayFailed 500/9999 (op1)"
    })
    void endsInOneEventWhateverTheWorkerRepeats(PlayOutcome outcome, String told) {
        connected()
                .and(Inputs.plays(1))
                .when(Inputs.finishes(1, outcome))
                .then("done 1", "told " + told)
                .when(Inputs.finishes(1, outcome))
                .thenNothing();
    }

    @Test
    void isCalledStartedOnceAndOnlyFromTheVersionThatKnowsIt() {
        connected(ApiVersion.V2024_09_15)
                .and(Inputs.plays(1))
                .when(Inputs.starts(1))
                .thenTold("PlayStarted 200/0 (op1)")
                .when(Inputs.starts(1))
                .thenNothing();
        connected(Inputs.BEFORE_PLAY_STARTED)
                .and(Inputs.plays(1))
                .when(Inputs.starts(1))
                .thenTold();
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, PlayAudioResult COMPLETED 200/0 (op1)",
        "CANCELED, PlayAudioResult COMPLETED 400/8508 (op1)",
        "BAD_FORMAT, PlayAudioResult FAILED 400/8535 (op1)"
    })
    void endsIn2021WithAResult(PlayOutcome outcome, String told) {
        connected(Inputs.PREVIEW)
                .and(Inputs.plays(1), Inputs.starts(1))
                .when(Inputs.finishes(1, outcome))
                .thenTold(told);
    }

    @Test
    void cancelsEverythingInBothLines() {
        connected()
                .and(Inputs.plays(1), Inputs.starts(1), Inputs.plays(2))
                .when(Inputs.cancelsAll())
                .then(
                        "stopping 1",
                        "order StopPlay 1",
                        "done 2",
                        "told PlayCanceled 400/8508 (op2)")
                .thenAnswered(new OperationStarted(Inputs.operation(902), "cancel"));
        connected(Inputs.PREVIEW)
                .and(Inputs.plays(1), Inputs.plays(2))
                .when(Inputs.cancelsAll())
                .thenTold("PlayAudioResult COMPLETED 400/8508 (op2)")
                .when(Inputs.finishes(1, PlayOutcome.CANCELED))
                .thenTold("PlayAudioResult COMPLETED 400/8508 (op1)");
    }

    @Test
    void tellsACallbackOfItsOwnInASequenceOfItsOwn() {
        URI own = URI.create("https://app.example/plays");
        CallScenario call = connected().and(Inputs.plays(1, false, own), Inputs.starts(1));

        call.when(Inputs.finishes(1, PlayOutcome.COMPLETED));

        var toOwn = call.told().stream().filter(one -> one.callbackUri().equals(own)).toList();
        Assertions.assertEquals(2, toOwn.size());
        Assertions.assertEquals(1, toOwn.get(0).sequence());
        Assertions.assertEquals(2, toOwn.get(1).sequence());
    }

    @Test
    void endsWhenTheOnlyOneWhoHearsItIsGone() {
        given(
                        Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB),
                        Inputs.answers(1),
                        Inputs.answers(2),
                        Inputs.plays(1, Inputs.ALICE),
                        Inputs.plays(2))
                .when(Inputs.hangsUpFromFar(1))
                .then(
                        "over 1 REMOTE_HANG_UP",
                        "order StopPlay 1",
                        "done 1",
                        "told PlayCanceled 400/8508 (op1)",
                        "told ParticipantsUpdated#3 [2] 200/0",
                        "running 2",
                        "order StartPlay 2")
                .when(Inputs.finishes(1, PlayOutcome.FAILED))
                .thenNothing();
    }

    @Test
    void waitsInAQueueThatIsBoundedUnlessItInterrupts() {
        CallScenario call = connected();
        for (int i = 1; i <= Limits.OPERATIONS; i++) {
            call.and(Inputs.plays(i));
        }

        call.when(Inputs.plays(99)).thenRefused(CallError.TOO_MANY_REQUESTS);
        call.when(Inputs.interruptsWithPlay(98))
                .thenAnswered(new OperationStarted(Inputs.operation(98), "op98"));
    }

    @Test
    void isRefusedWhenWhatWaitsWouldNotFitIntoARecord() {
        connected()
                .and(Inputs.speaks(1, 60))
                .and(Inputs.speaks(2, 60))
                .when(Inputs.speaks(3, 10))
                .thenRefused(CallError.TOO_MANY_REQUESTS);
    }
}
