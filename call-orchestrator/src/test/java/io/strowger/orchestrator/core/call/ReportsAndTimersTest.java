package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.call.CallReply.Refused;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.CallInput.TimerFired;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportsAndTimersTest {
    private static CallScenario connected() {
        return given(Inputs.create(Inputs.NEWEST, Inputs.ALICE), Inputs.answers(1));
    }

    @Test
    void tellsTheRosterWhenSomeoneHoldsTheCallAndComesBack() {
        connected()
                .when(Inputs.changes(1, 2, true))
                .then("changed 1 held", "told ParticipantsUpdated#2 [1h] 200/0")
                .when(Inputs.changes(1, 2, true))
                .thenNothing()
                .when(Inputs.changes(1, 3, true))
                .then("changed 1 held")
                .when(Inputs.changes(1, 4, false))
                .then("changed 1", "told ParticipantsUpdated#3 [1] 200/0");
    }

    @Test
    void changesNothingOnReportsThatComeTwice() {
        connected().when(Inputs.answers(1)).thenNothing();
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB), Inputs.isBusy(1))
                .when(Inputs.isBusy(1))
                .thenNothing();
    }

    @Test
    void changesNothingOnReportsOfLegsAndOperationsItDoesNotKnow() {
        connected().when(Inputs.answers(7)).thenNothing();
        connected().when(Inputs.rings(7)).thenNothing();
        connected().when(Inputs.hangsUpFromFar(7)).thenNothing();
        connected().when(Inputs.changes(7, 1, true)).thenNothing();
        connected().when(Inputs.presses(7, Tone.ONE, 1)).thenNothing();
        connected().when(Inputs.starts(7)).thenNothing();
        connected().when(Inputs.finishes(7, PlayOutcome.COMPLETED)).thenNothing();
    }

    @Test
    void changesNothingOnReportsAfterTheEndOrBeforeTheBeginning() {
        given().when(Inputs.answers(1)).thenNothing();
        connected()
                .and(Inputs.hangsUpFromFar(1))
                .when(Inputs.hangsUpFromFar(1))
                .thenNothing()
                .when(Inputs.answers(1))
                .thenNothing();
    }

    @Test
    void doesNotLetALegAnswerThatIsOver() {
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB), Inputs.isBusy(1))
                .when(Inputs.answers(1))
                .thenNothing();
    }

    @Test
    void ignoresReportsAndLossesOfAPlacementThatIsNotItsOwn() {
        Placement earlier =
                new Placement(Inputs.PLACEMENT.worker(), Inputs.PLACEMENT.workerEpoch() - 1, 1);
        connected()
                .when(
                        Inputs.reports(
                                earlier,
                                new MediaEvent.LegEnded(
                                        new LegId(1),
                                        new io.strowger.contracts.media.LegEnd(
                                                Cause.REMOTE_HANG_UP, 200, "OK"))))
                .thenNothing()
                .when(new CallInput.WorkerLost(earlier))
                .thenNothing();
    }

    @Test
    void endsRingingByItselfWhenTheWorkerDoesNot() {
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE), Inputs.rings(1))
                .whenTimer(TimerName.RING)
                .then(
                        "ending 487/560487 PARTICIPANT",
                        "timer RING off",
                        "timer MAX_DURATION off",
                        "order HangUpLeg 1",
                        "timer DISCONNECTING PT5S")
                .when(Inputs.isHungUp(1))
                .thenTold("CreateCallFailed 487/560487 (call)");
    }

    @Test
    void endsWhenItLastsLongerThanAllowed() {
        connected()
                .whenTimer(TimerName.MAX_DURATION)
                .thenOrdered("HangUpLeg 1")
                .when(Inputs.isHungUp(1))
                .thenTold("CallDisconnected 200/7000 (call)");
    }

    @Test
    void ignoresATimerThatWasCancelledOrSetAnew() {
        CallScenario call = given(Inputs.create(Inputs.NEWEST, Inputs.ALICE));
        var due = Objects.requireNonNull(call.state().timers().get(TimerName.RING));

        call.when(new TimerFired(TimerName.RING, due.plusSeconds(1))).thenNothing();
        call.and(Inputs.answers(1)).when(new TimerFired(TimerName.RING, due)).thenNothing();
    }

    @Test
    void answersARepeatedCommandAsBeforeWithoutASecondEffect() {
        CallInput create = Inputs.create(Inputs.NEWEST, Inputs.ALICE);
        CallScenario call = given().when(create);
        var first = Objects.requireNonNull(call.answer());

        call.when(create).thenNothing().thenAnswered(first);
        call.and(Inputs.answers(1), Inputs.plays(1)).when(Inputs.plays(1)).thenNothing();
        call.and(Inputs.hangsUpFromFar(1)).when(create).thenNothing().thenAnswered(first);
    }

    @Test
    void answersARepeatedHangUpAfterTheEnd() {
        connected()
                .and(Inputs.hangsUp(), Inputs.isHungUp(1))
                .when(Inputs.hangsUp())
                .thenNothing()
                .thenAnswered(new Done());
    }

    @Test
    void refusesAnotherRequestUnderTheIdOfAnEarlierOne() {
        CallCommand create = Inputs.createCommand(Set.of(), Inputs.ALICE);
        CallScenario call = given(Inputs.asks(1, "one", Inputs.NEWEST, create));

        call.when(Inputs.asks(1, "two", Inputs.NEWEST, create))
                .thenRefused(CallError.REPEATABILITY_REJECTED);
        call.when(Inputs.asks(1, "one", Inputs.NEWEST, create)).thenNothing();
    }

    @Test
    void refusesARepeatedRequestAgainThatItRefusedOnce() {
        CallCommand command = ((CallInput.Asked) People.removes(1, Inputs.BOB)).request().command();
        CallInput removal = Inputs.asks(7, "seven", Inputs.NEWEST, command);
        Answer refusal =
                new Refused(
                        CallError.PARTICIPANT_NOT_FOUND, CallError.PARTICIPANT_NOT_FOUND.message());
        CallScenario call = connected().when(removal).thenAnswered(refusal);

        call.and(People.adds(2, Inputs.BOB), Inputs.answers(2))
                .when(removal)
                .thenNothing()
                .thenAnswered(refusal);
        call.when(Inputs.asks(8, "eight", Inputs.NEWEST, command))
                .thenAnswered(new OperationStarted(Inputs.operation(1), "remove1"));
    }

    @Test
    void refusesASecondCreationUnderAnotherId() {
        connected()
                .when(Inputs.asks(2, Inputs.createCommand(Set.of(), Inputs.BOB)))
                .thenRefused(CallError.INVALID_REQUEST);
    }

    @Test
    void remembersTheCreationHoweverManyCommandsFollow() {
        CallInput create = Inputs.create(Inputs.NEWEST, Inputs.ALICE);
        CallScenario call = given(create, Inputs.answers(1));
        for (int i = 1; i < 3 * Limits.REMEMBERED_ANSWERS; i++) {
            call.and(Inputs.plays(i), Inputs.finishes(i, PlayOutcome.COMPLETED));
        }

        call.when(create).thenNothing();
        assertEquals(
                Limits.REMEMBERED_ANSWERS + 1,
                ((CallState.Live) call.state()).call().answers().size());
    }

    @Test
    void whatMayBeRepeatedIsRememberedWhateverElseIsAsked() {
        CallScenario call = given(Inputs.create(Inputs.NEWEST, Inputs.ALICE), Inputs.answers(1));
        List<CallInput> repeatable = new ArrayList<>();
        for (int i = 1; i <= Limits.REPEATABLE_ANSWERS + 1; i++) {
            repeatable.add(
                    Inputs.asks(
                            10_000 + i,
                            "print " + i,
                            Inputs.NEWEST,
                            new CallCommand.HangUp(Inputs.CALL.connection(2))));
            call.and(repeatable.getLast());
        }
        for (int i = 1; i < 3 * Limits.REMEMBERED_ANSWERS; i++) {
            call.and(Inputs.plays(i), Inputs.finishes(i, PlayOutcome.COMPLETED));
        }

        List<Remembered> answers = ((CallState.Live) call.state()).call().answers();

        assertEquals(1 + Limits.REPEATABLE_ANSWERS + Limits.REMEMBERED_ANSWERS, answers.size());
        assertEquals(
                Limits.REPEATABLE_ANSWERS,
                answers.stream().filter(Remembered::isRepeatable).count());
        assertTrue(
                answers.stream().noneMatch(one -> "print 1".equals(one.fingerprint())),
                "the oldest is kept for ever");
    }

    @Test
    void knowsOnlyConnectionsItHas() {
        connected()
                .when(Inputs.asks(5, new CallCommand.HangUp(Inputs.CALL.connection(2))))
                .thenRefused(CallError.CALL_NOT_FOUND);
    }

    @Test
    void findsParticipantsWhoAreThere() {
        CallScenario call =
                given(Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB), Inputs.answers(1));

        call.when(Inputs.asks(5, new CallCommand.GetParticipant(Inputs.CONNECTION, Inputs.ALICE)))
                .thenNothing();
        call.when(Inputs.asks(6, new CallCommand.GetParticipant(Inputs.CONNECTION, Inputs.BOB)))
                .thenRefused(CallError.PARTICIPANT_NOT_FOUND);
    }
}
