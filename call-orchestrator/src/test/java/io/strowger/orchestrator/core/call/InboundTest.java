package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;
import static io.strowger.orchestrator.core.call.Inputs.ALICE;
import static io.strowger.orchestrator.core.call.Inputs.BOB;
import static io.strowger.orchestrator.core.call.Inputs.CALL;
import static io.strowger.orchestrator.core.call.Inputs.DAVE;
import static io.strowger.orchestrator.core.call.Inputs.USER;
import static io.strowger.orchestrator.core.call.Inputs.answers;
import static io.strowger.orchestrator.core.call.Inputs.ends;
import static io.strowger.orchestrator.core.call.Inputs.finishes;
import static io.strowger.orchestrator.core.call.Inputs.hangsUpFromFar;
import static io.strowger.orchestrator.core.call.Inputs.isBusy;
import static io.strowger.orchestrator.core.call.Inputs.isHungUp;
import static io.strowger.orchestrator.core.call.Inputs.rings;
import static io.strowger.orchestrator.core.call.Inputs.starts;
import static io.strowger.orchestrator.core.call.People.APPLICATION;
import static io.strowger.orchestrator.core.call.People.NUMBER_OF_USER;
import static io.strowger.orchestrator.core.call.People.addsFromOutside;
import static io.strowger.orchestrator.core.call.People.answersIncoming;
import static io.strowger.orchestrator.core.call.People.callsIn;
import static io.strowger.orchestrator.core.call.People.joins;
import static io.strowger.orchestrator.core.call.People.playsFromOutside;
import static io.strowger.orchestrator.core.call.People.redirects;
import static io.strowger.orchestrator.core.call.People.refers;
import static io.strowger.orchestrator.core.call.People.rejects;
import static io.strowger.orchestrator.core.call.People.removesFromOutside;
import static io.strowger.orchestrator.core.call.People.transfers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand.RejectReason;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.PlayOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Calls that begin with a phone: to an application, or to somebody else's phone.
class InboundTest {
    private static final String CANCELLED = "Request Terminated";

    @Test
    void anApplicationIsAskedWhileTheCallerHearsRinging() {
        given().when(callsIn(ALICE, APPLICATION))
                .then(
                        "offered",
                        "timer MAX_DURATION PT24H",
                        "asks for 4:+15550199000",
                        "timer RING PT30S",
                        "rang 1",
                        "order RingLeg 1",
                        "connection OUTSIDE",
                        "told IncomingCall 4:+15550100001 to 4:+15550199000 "
                                + CALL
                                + " 2026-01-02T03:04:35Z");
    }

    @Test
    void theOfferThatComesTwiceChangesNothing() {
        given(callsIn(ALICE, APPLICATION)).when(callsIn(ALICE, APPLICATION)).thenNothing();
    }

    @Test
    void anApplicationAnswersAndIsInTheCall() {
        given(callsIn(ALICE, APPLICATION))
                .when(answersIncoming())
                .thenOrdered("AnswerLeg 1")
                .thenTold()
                .and()
                .when(answers(1))
                .thenTold("CallConnected 200/0 (incoming)", "ParticipantsUpdated#1 [1] 200/0");
    }

    @Test
    void aContextIsUsedOnce() {
        given(callsIn(ALICE, APPLICATION), answersIncoming())
                .when(rejects(RejectReason.BUSY))
                .thenRefused(CallError.CALL_NOT_ESTABLISHED);
        given(callsIn(ALICE, APPLICATION), rejects(RejectReason.BUSY))
                .when(answersIncoming())
                .thenRefused(CallError.CALL_NOT_ESTABLISHED);
        given(callsIn(ALICE, APPLICATION), rejects(RejectReason.BUSY), isHungUp(1))
                .when(answersIncoming())
                .thenRefused(CallError.CALL_ALREADY_TERMINATED);
    }

    @Test
    void anApplicationRefusesAndTheCallerHearsWhy() {
        given(callsIn(ALICE, APPLICATION))
                .when(rejects(RejectReason.BUSY))
                .thenOrdered("RejectLeg 1 486");
        given(callsIn(ALICE, APPLICATION))
                .when(rejects(RejectReason.FORBIDDEN))
                .thenOrdered("RejectLeg 1 403");
        given(callsIn(ALICE, APPLICATION))
                .when(rejects(RejectReason.NONE))
                .thenOrdered("RejectLeg 1 603");
    }

    @Test
    void nobodyAnswersInTime() {
        given(callsIn(ALICE, APPLICATION)).whenTimer(TimerName.RING).thenOrdered("RejectLeg 1 480");
    }

    @Test
    void theCallerGivesUpBeforeAndAfterTheApplicationAnswers() {
        given(callsIn(ALICE, APPLICATION))
                .when(ends(1, Cause.REMOTE_HANG_UP, 487, CANCELLED))
                .thenTold()
                .thenOrdered("ReleaseCall");
        given(callsIn(ALICE, APPLICATION), answersIncoming())
                .when(ends(1, Cause.REMOTE_HANG_UP, 487, CANCELLED))
                .thenTold("CallDisconnected 200/560000 (incoming)")
                .thenOrdered("ReleaseCall");
    }

    @Test
    void anAnswerThatTheCallerNeverConfirmsFails() {
        given(callsIn(ALICE, APPLICATION), answersIncoming())
                .when(ends(1, Cause.UNREACHABLE, 0, "no ACK"))
                .thenTold("AnswerFailed 408/560408 (incoming)");
    }

    @Test
    void anApplicationPassesTheCallOnToAUserANumberOrAnotherApplication() {
        given(callsIn(ALICE, APPLICATION))
                .when(redirects(DAVE))
                .thenOrdered("Dial 2")
                .and()
                .when(answers(2))
                .thenOrdered("AnswerLeg 1");
        given(callsIn(ALICE, APPLICATION)).when(redirects(BOB)).thenOrdered("Dial 2");
        given(callsIn(ALICE, APPLICATION), redirects(BOB))
                .when(isBusy(2))
                .thenOrdered("RejectLeg 1 486");
        given(callsIn(ALICE, APPLICATION))
                .when(redirects(APPLICATION))
                .thenOrdered()
                .thenTold(
                        "IncomingCall 4:+15550100001 to 4:+15550199000 "
                                + CALL
                                + " 2026-01-02T03:04:36Z");
    }

    @Test
    void aNumberOfNobodyIsRefused() {
        given().when(callsIn(ALICE, new PhoneNumber("+15550777")))
                .thenOrdered("RejectLeg 1 404")
                .thenTold();
    }

    @Test
    void twoPeopleTalkWithoutAnyApplication() {
        given().when(callsIn(DAVE, USER)).thenOrdered("Dial 2");
        given(callsIn(ALICE, NUMBER_OF_USER)).when(rings(2)).thenOrdered("RingLeg 1");
        given(callsIn(DAVE, USER), rings(2)).when(answers(2)).thenOrdered("AnswerLeg 1").thenTold();

        CallScenario call =
                given(callsIn(DAVE, USER), rings(2), answers(2), answers(1), hangsUpFromFar(1))
                        .when(isHungUp(2))
                        .thenOrdered("ReleaseCall");

        CallRecord record = call.records().getFirst();
        assertEquals(CallRecord.Direction.PEER_TO_PEER, record.direction());
        assertEquals(DAVE, record.source());
        assertEquals(2, record.legs().size());
        assertEquals(CallRecord.Termination.PARTICIPANT, record.termination());
    }

    @Test
    void theCallerHearsWhatBecameOfWhomTheyCalled() {
        given(callsIn(DAVE, USER), rings(2)).when(isBusy(2)).thenOrdered("RejectLeg 1 486");
        given(callsIn(DAVE, USER))
                .when(ends(2, Cause.NO_ROUTE, 0, "not registered"))
                .thenOrdered("RejectLeg 1 480");
        given(callsIn(DAVE, USER), rings(2))
                .when(ends(1, Cause.REMOTE_HANG_UP, 487, CANCELLED))
                .thenOrdered("HangUpLeg 2");
    }

    @Test
    void anExpertIsInvitedIntoACallThatTheApplicationIsNotIn() {
        CallScenario talking = given(callsIn(DAVE, USER), rings(2), answers(2), answers(1));

        talking.when(addsFromOutside(1, BOB)).thenOrdered("Dial 3").thenTold();
        talking.and()
                .when(answers(3))
                .thenTold("AddParticipantResult COMPLETED 200/0 (add1)")
                .and();
        talking.when(playsFromOutside(2)).thenOrdered("StartPlay 2");
        talking.and(starts(2))
                .when(finishes(2, PlayOutcome.COMPLETED))
                .thenTold("PlayAudioResult COMPLETED 200/0 (op2)");

        List<EventRecord> told = talking.told();
        assertEquals(List.of(1L, 2L), told.stream().map(EventRecord::sequence).toList());
        assertNull(told.getFirst().connection());
        assertEquals(People.OUTSIDE, told.getFirst().callbackUri());

        talking.and().when(removesFromOutside(3, 3)).thenOrdered("HangUpLeg 3");
        talking.and().when(isHungUp(3)).thenTold().thenOrdered();
    }

    @Test
    void aCallThatOnlyRingsTakesNobodyFurther() {
        given(callsIn(DAVE, USER), rings(2))
                .when(addsFromOutside(1, BOB))
                .thenRefused(CallError.CALL_NOT_ESTABLISHED);
        given(callsIn(DAVE, USER), rings(2))
                .when(joins(60))
                .thenRefused(CallError.CALL_NOT_ESTABLISHED);
    }

    @Test
    void aTransferTakesTheApplicationsPlaceWhenTheTargetAnswers() {
        CallScenario talking = given(callsIn(ALICE, APPLICATION), answersIncoming(), answers(1));

        talking.when(transfers(1, BOB)).thenOrdered("Dial 2").thenTold();
        talking.and()
                .when(answers(2))
                .thenTold(
                        "CallTransferAccepted 4:+15550100001 to 4:+15550100002 200/0 (transfer1)",
                        "CallDisconnected 200/7000 (incoming)")
                .thenOrdered();
        talking.and().when(hangsUpFromFar(2)).thenOrdered("HangUpLeg 1");
    }

    @Test
    void aFailedTransferLeavesTheCallAsItWas() {
        given(callsIn(ALICE, APPLICATION), answersIncoming(), answers(1), transfers(1, BOB))
                .when(isBusy(2))
                .thenTold("CallTransferFailed 486/560486 (transfer1)")
                .thenOrdered()
                .and()
                .when(transfers(2, BOB))
                .thenOrdered("Dial 3");
        given(callsIn(ALICE, APPLICATION), answersIncoming(), answers(1), transfers(1, BOB))
                .when(hangsUpFromFar(1))
                .thenTold(
                        "CallTransferFailed 200/560000 (transfer1)",
                        "ParticipantsUpdated#2 [] 200/0")
                .thenOrdered("HangUpLeg 2");
    }

    @Test
    void aPhoneThatTransfersIsReplacedWhenTheTargetAnswers() {
        CallScenario talking = given(callsIn(ALICE, USER), rings(2), answers(2), answers(1));

        talking.when(refers(2, DAVE)).thenOrdered("Dial 3");
        talking.and().when(answers(3)).thenOrdered("NotifyReferrer 2 200", "HangUpLeg 2");
        talking.and().when(isHungUp(2)).thenOrdered();
        talking.and().when(hangsUpFromFar(1)).thenOrdered("HangUpLeg 3");
    }

    @Test
    void aPhoneIsToldThatItsTransferFailedOrIsNotAllowed() {
        given(callsIn(ALICE, USER), rings(2), answers(2), answers(1), refers(2, DAVE))
                .when(isBusy(3))
                .thenOrdered("NotifyReferrer 2 486");
        given(callsIn(ALICE, USER), rings(2), answers(2), answers(1))
                .when(refers(2, BOB))
                .thenOrdered("NotifyReferrer 2 403");
    }
}
