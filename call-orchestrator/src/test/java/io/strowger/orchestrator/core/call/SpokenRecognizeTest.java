package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.call.SpokenInput.Choice;
import io.strowger.contracts.call.SpokenInput.Kind;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.media.MediaCommand.StartRecognize;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.contracts.media.SpeechFailure;
import io.strowger.contracts.media.Understood;
import io.strowger.contracts.placement.Placement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Recognitions of what people say.
class SpokenRecognizeTest {
    private static final SpokenInput CHOICES =
            new SpokenInput(
                    Kind.CHOICES,
                    "en-US",
                    Duration.ofMillis(500),
                    "m-1",
                    List.of(
                            new Choice("Confirm", List.of("yes"), Tone.ONE),
                            new Choice("Cancel", List.of("no"), null)));
    private static final Placement OTHER = new Placement(new WorkerId(4), 99, 1);

    private static CallScenario connected() {
        return given(
                Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB),
                Inputs.answers(1),
                Inputs.answers(2));
    }

    private static CallInput asks(long number, SpokenInput spoken) {
        return Inputs.asks(
                100 + number,
                new CallCommand.Recognize(
                        Inputs.CONNECTION,
                        Inputs.operation(number),
                        Inputs.BOB,
                        List.of(),
                        true,
                        false,
                        new CallCommand.DtmfOptions(
                                Duration.ofSeconds(5), Duration.ofSeconds(2), null, Set.of()),
                        spoken,
                        "op" + number,
                        null));
    }

    private static CallInput ends(
            RecognizeOutcome outcome,
            @Nullable Understood understood,
            @Nullable SpeechFailure failure) {
        return Inputs.reports(
                new MediaEvent.RecognizeEnded(
                        Inputs.operation(1),
                        outcome,
                        List.of(),
                        null,
                        null,
                        failure == null ? null : "why",
                        understood,
                        failure));
    }

    private static List<SpokenInput> ordered(CallScenario call) {
        return call.orders().stream()
                .map(MediaOrder::command)
                .filter(StartRecognize.class::isInstance)
                .map(command -> ((StartRecognize) command).spoken())
                .toList();
    }

    @Test
    void tellsTheWorkerWhatToListenFor() {
        CallScenario call = connected().when(asks(1, CHOICES)).thenOrdered("StartRecognize 1 of 2");

        assertEquals(List.of(CHOICES), ordered(call));
    }

    @Test
    void anotherWorkerListensAnew() {
        CallScenario call =
                connected()
                        .withWorker(OTHER)
                        .and(asks(1, CHOICES))
                        .when(new CallInput.WorkerLost(Inputs.PLACEMENT))
                        .thenOrdered(
                                "AbandonCall", "AdoptLeg 1", "AdoptLeg 2", "StartRecognize 1 of 2")
                        .thenTold();

        assertEquals(CHOICES, ordered(call).getLast());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CHOICE_BY_TONE; Confirm; ; RecognizeCompleted Confirm null 200/8533 (op1)",
                "CHOICE_BY_SPEECH; Confirm; yes; RecognizeCompleted Confirm yes 200/8545 (op1)",
                "SPEECH; ; yes please; RecognizeCompleted null yes please 200/0 (op1)"
            })
    void tellsWhatWasUnderstood(
            RecognizeOutcome outcome, @Nullable String label, @Nullable String text, String told) {
        connected()
                .and(asks(1, CHOICES))
                .when(ends(outcome, new Understood(label, text, 0.5), null))
                .then("done 1", "told " + told)
                .when(ends(outcome, new Understood(label, text, 0.5), null))
                .thenNothing();
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_TONE,,500/8534",
        "NO_CHOICE_MATCHED,,400/8547",
        "NOT_UNDERSTOOD,,400/8563",
        "SPEECH_FAILED,,500/8564",
        "SPEECH_FAILED,NOT_CONFIGURED,400/8565",
        "SPEECH_FAILED,BAD_REQUEST,400/8565",
        "SPEECH_FAILED,UNAUTHORIZED,401/8565",
        "SPEECH_FAILED,FORBIDDEN,403/8565",
        "SPEECH_FAILED,TIMEOUT,408/8565",
        "SPEECH_FAILED,TOO_MANY_REQUESTS,429/8565",
        "SPEECH_FAILED,UNREACHABLE,500/8564",
        "SPEECH_FAILED,INTERRUPTED,500/8564",
        "SPEECH_FAILED,FAILED,500/8564"
    })
    void tellsWhyItFailedInTheExactNumbers(
            RecognizeOutcome outcome, @Nullable SpeechFailure failure, String numbers) {
        connected()
                .and(asks(1, CHOICES))
                .when(ends(outcome, null, failure))
                .then("done 1", "told RecognizeFailed " + numbers + " (op1)");
    }

    @Test
    void whatIsListenedForCountsAmongWhatMayWait() {
        Choice wordy = new Choice("A", Collections.nCopies(100, "x".repeat(500)), null);
        SpokenInput huge =
                new SpokenInput(
                        Kind.CHOICES,
                        "en-US",
                        Duration.ofMillis(500),
                        null,
                        Collections.nCopies(100, wordy));

        connected().when(asks(1, huge)).thenRefused(CallError.TOO_MANY_REQUESTS);
    }
}
