package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.orchestrator.core.call.CallState.NotCreated;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndOfCallTest {
    private static CallScenario connected() {
        return given(Inputs.create(Inputs.NEWEST, Inputs.ALICE), Inputs.answers(1));
    }

    private static CallScenario group() {
        return given(
                Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB, Inputs.USER),
                Inputs.answers(1),
                Inputs.answers(2));
    }

    @Test
    void endsWhenTheOnlyParticipantHangsUp() {
        connected()
                .when(Inputs.hangsUpFromFar(1))
                .then(
                        "over 1 REMOTE_HANG_UP",
                        "told ParticipantsUpdated#2 [] 200/0",
                        "ending 200/560000 PARTICIPANT",
                        "timer MAX_DURATION off",
                        "order ReleaseCall",
                        "told CallDisconnected 200/560000 (call)",
                        "recorded 200/560000 PARTICIPANT",
                        "ended, kept PT10M");
    }

    @Test
    void saysNormalClearingWithoutACarriersNumberForUsers() {
        given(Inputs.create(Inputs.NEWEST, Inputs.USER), Inputs.answers(1))
                .when(Inputs.hangsUpFromFar(1))
                .thenTold("ParticipantsUpdated#2 [] 200/0", "CallDisconnected 200/0 (call)");
    }

    @Test
    void tells2021ApplicationsThatItEndsAndHasEnded() {
        given(Inputs.create(Inputs.PREVIEW, Inputs.ALICE), Inputs.answers(1))
                .when(Inputs.hangsUpFromFar(1))
                .thenTold(
                        "CallConnectionStateChanged DISCONNECTING",
                        "CallConnectionStateChanged DISCONNECTED 200/560000 (call)");
    }

    @Test
    void goesOnWhenOneOfSeveralHangsUp() {
        group().when(Inputs.hangsUpFromFar(1))
                .then("over 1 REMOTE_HANG_UP", "told ParticipantsUpdated#3 [2] 200/0");
    }

    @Test
    void hangsUpTheOtherPartyWhenTheApplicationLeavesACallOfTwo() {
        connected()
                .when(Inputs.hangsUp())
                .thenAnswered(new Done())
                .then(
                        "ending 200/7000 APPLICATION",
                        "timer MAX_DURATION off",
                        "order HangUpLeg 1",
                        "timer DISCONNECTING PT5S")
                .when(Inputs.isHungUp(1))
                .then(
                        "over 1 LOCAL_HANG_UP",
                        "timer DISCONNECTING off",
                        "order ReleaseCall",
                        "told CallDisconnected 200/7000 (call)",
                        "recorded 200/7000 APPLICATION",
                        "ended, kept PT10M");
    }

    @Test
    void leavesPeopleWhoTalkToEachOtherAndStopsRingingTheRest() {
        group().when(Inputs.hangsUp())
                .thenAnswered(new Done())
                .then(
                        "connection left",
                        "told CallDisconnected 200/7000 (call)",
                        "order HangUpLeg 3")
                .when(Inputs.isHungUp(3))
                .then("over 3 LOCAL_HANG_UP")
                .when(Inputs.hangsUpFromFar(1))
                .then(
                        "over 1 REMOTE_HANG_UP",
                        "ending 200/560000 PARTICIPANT",
                        "timer MAX_DURATION off",
                        "order HangUpLeg 2",
                        "timer DISCONNECTING PT5S");
    }

    @Test
    void tellsALeaverHowItsOperationsEndBeforeItsLastEvent() {
        group().and(Inputs.plays(1), Inputs.starts(1), Inputs.plays(2))
                .when(Inputs.hangsUp())
                .thenTold(
                        "PlayCanceled 400/8508 (op1)",
                        "PlayCanceled 400/8508 (op2)",
                        "CallDisconnected 200/7000 (call)")
                .thenOrdered("StopPlay 1", "HangUpLeg 3")
                .when(Inputs.finishes(1, PlayOutcome.CANCELED))
                .thenNothing();
    }

    @Test
    void refusesALeaverEverythingButItsProperties() {
        CallScenario call = group().and(Inputs.hangsUp());

        call.when(Inputs.plays(1)).thenRefused(CallError.CALL_ALREADY_TERMINATED);
        call.when(Inputs.asks(5, new CallCommand.DescribeCall(Inputs.CONNECTION)));
        assertEquals(
                ConnectionState.DISCONNECTED,
                ((Described) java.util.Objects.requireNonNull(call.answer())).properties().state());
    }

    @Test
    void terminatesForAll() {
        group().when(Inputs.terminates())
                .thenAnswered(new Done())
                .then(
                        "ending 200/7000 APPLICATION",
                        "timer MAX_DURATION off",
                        "order HangUpLeg 1",
                        "order HangUpLeg 2",
                        "order HangUpLeg 3",
                        "timer DISCONNECTING PT5S");
    }

    @Test
    void cancelsTheRingingWhenTheApplicationHangsUpBeforeAnAnswer() {
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE), Inputs.rings(1))
                .when(Inputs.hangsUp())
                .thenOrdered("HangUpLeg 1")
                .when(Inputs.answers(1)) // crossed the CANCEL
                .then("answered 1")
                .when(Inputs.isHungUp(1))
                .thenTold("CallDisconnected 200/7000 (call)");
    }

    @Test
    void acceptsASecondHangUpWhileItEnds() {
        connected()
                .and(Inputs.hangsUp())
                .when(Inputs.terminates())
                .thenAnswered(new Done())
                .thenOrdered();
    }

    @Test
    void cancelsWhatPlaysAndWaitsBeforeItsLastEvent() {
        connected()
                .and(Inputs.plays(1), Inputs.plays(2))
                .when(Inputs.hangsUpFromFar(1))
                .thenTold(
                        "ParticipantsUpdated#2 [] 200/0",
                        "PlayCanceled 400/8508 (op1)",
                        "PlayCanceled 400/8508 (op2)",
                        "CallDisconnected 200/560000 (call)");
    }

    @Test
    void givesUpLegsThatDoNotEndInTime() {
        connected()
                .and(Inputs.hangsUp())
                .whenTimer(TimerName.DISCONNECTING)
                .then(
                        "order ReleaseCall",
                        "told CallDisconnected 200/7000 (call)",
                        "recorded 200/7000 APPLICATION",
                        "ended, kept PT10M")
                .when(Inputs.isHungUp(1))
                .thenNothing();
    }

    @Test
    void endsWhenItsWorkerIsLost() {
        connected()
                .when(new CallInput.WorkerLost(Inputs.PLACEMENT))
                .thenTold()
                .whenTimer(TimerName.FAILOVER)
                .thenTold("CallDisconnected 410/301005 (call)");
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE))
                .when(new CallInput.WorkerLost(Inputs.PLACEMENT))
                .thenTold("CreateCallFailed 503/560503 (call)");
        connected()
                .and(Inputs.hangsUp())
                .when(new CallInput.WorkerLost(Inputs.PLACEMENT))
                .thenTold("CallDisconnected 200/7000 (call)");
    }

    @Test
    void leavesOneRecordThatSaysWhatBecameOfEachLeg() {
        CallScenario call =
                given(Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB), Inputs.answers(1))
                        .and(Inputs.isBusy(2), Inputs.hangsUpFromFar(1));

        assertEquals(1, call.records().size());
        CallRecord left = call.records().getFirst();
        assertEquals(Inputs.CALL, left.call());
        assertEquals(2, left.legs().size());
        assertEquals(200, left.legs().get(0).sipStatus());
        assertEquals(486, left.legs().get(1).sipStatus());
        assertNull(left.legs().get(1).answeredAt());
        assertEquals(CallScenario.START, left.startedAt());
    }

    @Test
    void answersQuestionsAndRefusesTheRestOnceItHasEnded() {
        CallScenario call = connected().and(Inputs.hangsUpFromFar(1));

        call.when(Inputs.plays(1)).thenRefused(CallError.CALL_ALREADY_TERMINATED);
        call.when(Inputs.hangsUp()).thenRefused(CallError.CALL_ALREADY_TERMINATED);
        call.when(Inputs.asks(5, new CallCommand.DescribeCall(Inputs.CALL.connection(2))))
                .thenRefused(CallError.CALL_NOT_FOUND);
        call.when(Inputs.asks(6, new CallCommand.DescribeCall(Inputs.CONNECTION)));
        assertEquals(
                ConnectionState.DISCONNECTED,
                ((Described) java.util.Objects.requireNonNull(call.answer())).properties().state());
    }

    @Test
    void isForgottenAfterTheRetention() {
        CallScenario call = connected().and(Inputs.hangsUpFromFar(1));

        call.whenTimer(TimerName.RETENTION).then("forgotten");

        assertEquals(new NotCreated(), call.state());
        call.when(Inputs.plays(1)).thenRefused(CallError.CALL_NOT_FOUND);
    }

    @Test
    void isKeptAsLongAsItsRequestMayBeRepeated() {
        CallScenario call =
                given(
                        Inputs.asks(
                                1,
                                "print",
                                Inputs.NEWEST,
                                Inputs.createCommand(java.util.Set.of(), Inputs.ALICE)));

        call.and(Inputs.isBusy(1));

        assertEquals(
                call.now().minusSeconds(1).plus(Duration.ofHours(24)),
                call.state().timers().get(TimerName.RETENTION));
    }
}
