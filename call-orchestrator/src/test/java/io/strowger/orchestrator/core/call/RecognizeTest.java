package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.RecognizeOutcome;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognizeTest {
    private static CallScenario connected() {
        return given(
                Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB),
                Inputs.answers(1),
                Inputs.answers(2));
    }

    @Test
    void listensToItsTargetThoughNoTonesWereAskedFor() {
        connected()
                .when(Inputs.recognizes(1, Inputs.BOB))
                .then("accepted 1", "running 1", "order StartRecognize 1 of 2");
    }

    @Test
    void isRefusedForWhomIsNotInTheCall() {
        connected()
                .when(Inputs.recognizes(1, Inputs.USER))
                .thenRefused(CallError.PARTICIPANT_NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "MAX_TONES; 2; RecognizeCompleted [ONE, TWO] 200/8531 (op1)",
                "STOP_TONE; 2; RecognizeCompleted [ONE, TWO] 200/8514 (op1)",
                "INTER_TONE_TIMEOUT; 2; RecognizeCompleted [ONE, TWO] 400/8532 (op1)",
                "INTER_TONE_TIMEOUT; 0; RecognizeFailed 400/8532 (op1)",
                "INITIAL_SILENCE; 0; RecognizeFailed 400/8510 (op1)",
                "CANCELED; 0; RecognizeCanceled 400/8508 (op1)",
                "PROMPT_FAILED; 0; RecognizeFailed 500/8511 (op1)",
                "FAILED; 0; RecognizeFailed 500/9999 (op1)"
            })
    void endsInOneEventWithTheExactNumbers(RecognizeOutcome outcome, int tones, String told) {
        Tone[] pressed = tones == 2 ? new Tone[] {Tone.ONE, Tone.TWO} : new Tone[0];

        connected()
                .and(Inputs.recognizes(1, Inputs.ALICE), Inputs.starts(1))
                .when(Inputs.recognized(1, outcome, pressed))
                .then("done 1", "told " + told)
                .when(Inputs.recognized(1, outcome, pressed))
                .thenNothing();
    }

    @Test
    void takesItsTurnAmongThePlays() {
        connected()
                .and(Inputs.plays(1), Inputs.recognizes(2, Inputs.ALICE), Inputs.plays(3))
                .when(Inputs.finishes(1, PlayOutcome.COMPLETED))
                .thenOrdered("StartRecognize 2 of 1")
                .when(Inputs.recognized(2, RecognizeOutcome.INITIAL_SILENCE))
                .thenOrdered("StartPlay 3");
    }

    @Test
    void isCanceledByAnInterruptingPlay() {
        connected()
                .and(Inputs.recognizes(1, Inputs.ALICE))
                .when(Inputs.interruptsWithPlay(2))
                .thenOrdered("StopRecognize 1", "StartPlay 2")
                .when(Inputs.recognized(1, RecognizeOutcome.CANCELED))
                .thenTold("RecognizeCanceled 400/8508 (op1)");
    }

    @Test
    void endsWithItsTargetWhetherItRunsOrWaits() {
        connected()
                .and(Inputs.recognizes(1, Inputs.ALICE), Inputs.recognizes(2, Inputs.ALICE))
                .when(Inputs.hangsUpFromFar(1))
                .then(
                        "over 1 REMOTE_HANG_UP",
                        "order StopRecognize 1",
                        "done 1",
                        "told RecognizeCanceled 400/8508 (op1)",
                        "done 2",
                        "told RecognizeCanceled 400/8508 (op2)",
                        "told ParticipantsUpdated#3 [2] 200/0");
    }

    @Test
    void tonesGoToConnectionsThatAskedOnceEach() {
        given(
                        Inputs.create(
                                Inputs.PREVIEW, Set.of(RequestedEvent.DTMF_RECEIVED), Inputs.ALICE),
                        Inputs.answers(1))
                .when(Inputs.presses(1, Tone.FIVE, 1))
                .then("tone 1 of 1", "told DtmfReceived FIVE#1")
                .when(Inputs.presses(1, Tone.FIVE, 1))
                .thenNothing()
                .when(Inputs.presses(1, Tone.FIVE, 2))
                .thenTold("DtmfReceived FIVE#2");
    }

    @Test
    void tonesAreNobodysBusinessWhenNobodyAsked() {
        connected().when(Inputs.presses(1, Tone.FIVE, 1)).thenNothing();
    }
}
