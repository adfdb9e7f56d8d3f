package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;
import static io.strowger.orchestrator.core.call.Inputs.ALICE;
import static io.strowger.orchestrator.core.call.Inputs.BOB;
import static io.strowger.orchestrator.core.call.Inputs.NEWEST;
import static io.strowger.orchestrator.core.call.Inputs.USER;
import static io.strowger.orchestrator.core.call.Inputs.answers;
import static io.strowger.orchestrator.core.call.Inputs.create;
import static io.strowger.orchestrator.core.call.Inputs.hangsUp;
import static io.strowger.orchestrator.core.call.Inputs.hangsUpFromFar;
import static io.strowger.orchestrator.core.call.Inputs.isBusy;
import static io.strowger.orchestrator.core.call.Inputs.isHungUp;
import static io.strowger.orchestrator.core.call.Inputs.presses;
import static io.strowger.orchestrator.core.call.Inputs.terminates;
import static io.strowger.orchestrator.core.call.People.adds;
import static io.strowger.orchestrator.core.call.People.cancels;
import static io.strowger.orchestrator.core.call.People.holds;
import static io.strowger.orchestrator.core.call.People.joins;
import static io.strowger.orchestrator.core.call.People.listens;
import static io.strowger.orchestrator.core.call.People.listensNoMore;
import static io.strowger.orchestrator.core.call.People.mutes;
import static io.strowger.orchestrator.core.call.People.removes;
import static io.strowger.orchestrator.core.call.People.sends;
import static io.strowger.orchestrator.core.call.People.sent;
import static io.strowger.orchestrator.core.call.People.unholds;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.RequestedEvent;
import org.junit.jupiter.api.Test;

/// People who come, go, are muted, held and listened to.
class PeopleTest {
    private static CallScenario talking() {
        return given(create(NEWEST, ALICE), answers(1));
    }

    @Test
    void somebodyAddedRingsAndThenIsInTheRoster() {
        talking().when(adds(1, BOB)).thenOrdered("Dial 2").thenTold();

        talking()
                .and(adds(1, BOB))
                .when(answers(2))
                .thenTold(
                        "AddParticipantSucceeded 4:+15550100002 200/0 (add1)",
                        "ParticipantsUpdated#2 [1,2] 200/0");
    }

    @Test
    void somebodyAddedWhoRefusesIsToldAndNothingElseChanges() {
        talking()
                .and(adds(1, BOB))
                .when(isBusy(2))
                .thenTold("AddParticipantFailed 4:+15550100002 486/560486 (add1)")
                .thenOrdered();
    }

    @Test
    void theSamePersonIsNotInvitedTwice() {
        talking().and(adds(1, BOB)).when(adds(2, BOB)).thenRefused(CallError.INVALID_REQUEST);
        talking().when(adds(1, ALICE)).thenRefused(CallError.INVALID_REQUEST);
    }

    @Test
    void nobodyIsAddedBeforeTheCallIsEstablished() {
        given(create(NEWEST, ALICE)).when(adds(1, BOB)).thenRefused(CallError.CALL_NOT_ESTABLISHED);
    }

    @Test
    void anInvitationEndsWithTheCall() {
        talking()
                .and(adds(1, BOB))
                .when(terminates())
                .thenTold("AddParticipantFailed 4:+15550100002 487/0 (add1)")
                .thenOrdered("HangUpLeg 1", "HangUpLeg 2");
    }

    @Test
    void aCallWhoseOnlyPersonLeavesWaitsForWhoIsInvited() {
        talking()
                .and(adds(1, BOB))
                .when(hangsUpFromFar(1))
                .thenTold("ParticipantsUpdated#2 [] 200/0")
                .and(answers(2));

        talking()
                .and(adds(1, BOB), hangsUpFromFar(1))
                .when(isBusy(2))
                .thenTold(
                        "AddParticipantFailed 4:+15550100002 486/560486 (add1)",
                        "CallDisconnected 486/560486 (call)");
    }

    @Test
    void anInvitationIsTakenBack() {
        talking().and(adds(1, BOB)).when(cancels(2, 1)).thenOrdered("HangUpLeg 2").thenTold();

        talking()
                .and(adds(1, BOB), cancels(2, 1))
                .when(isHungUp(2))
                .thenTold("CancelAddParticipantSucceeded 1 200/5300 (cancel2)");
    }

    @Test
    void anInvitationThatIsAnsweredFirstIsNotTakenBack() {
        talking()
                .and(adds(1, BOB), cancels(2, 1))
                .when(answers(2))
                .thenTold(
                        "AddParticipantSucceeded 4:+15550100002 200/0 (add1)",
                        "CancelAddParticipantFailed 1 400/8501 (cancel2)",
                        "ParticipantsUpdated#2 [1,2] 200/0");
        talking().when(cancels(2, 1)).thenRefused(CallError.PARTICIPANT_NOT_FOUND);
    }

    @Test
    void anInvitationThatIsOverIsNotTakenBackAndNobodyIsHungUpOn() {
        talking()
                .and(adds(1, BOB), answers(2))
                .when(cancels(2, 1))
                .thenTold("CancelAddParticipantFailed 1 400/8501 (cancel2)")
                .thenOrdered();
        talking()
                .and(adds(1, BOB), isBusy(2))
                .when(cancels(2, 1))
                .thenTold("CancelAddParticipantFailed 1 400/8501 (cancel2)")
                .thenOrdered();
    }

    @Test
    void somebodyRemovedIsHungUpOn() {
        talking()
                .and(adds(1, BOB), answers(2))
                .when(removes(2, BOB))
                .thenOrdered("HangUpLeg 2")
                .thenTold();

        talking()
                .and(adds(1, BOB), answers(2), removes(2, BOB))
                .when(isHungUp(2))
                .thenTold(
                        "RemoveParticipantSucceeded 4:+15550100002 200/0 (remove2)",
                        "ParticipantsUpdated#3 [1] 200/0");
        talking().when(removes(2, BOB)).thenRefused(CallError.PARTICIPANT_NOT_FOUND);
    }

    @Test
    void theLastPersonRemovedEndsTheCall() {
        talking()
                .and(removes(2, ALICE))
                .when(isHungUp(1))
                .thenTold(
                        "RemoveParticipantSucceeded 4:+15550100001 200/0 (remove2)",
                        "ParticipantsUpdated#2 [] 200/0",
                        "CallDisconnected 200/7000 (call)");
    }

    @Test
    void anApplicationLeavesAndPeopleStayUntilOneIsLeft() {
        talking()
                .and(adds(1, BOB), answers(2))
                .when(hangsUp())
                .thenTold("CallDisconnected 200/7000 (call)")
                .thenOrdered()
                .and()
                .when(hangsUpFromFar(1))
                .thenOrdered("HangUpLeg 2");
    }

    @Test
    void twoApplicationsInOneCallAreToldEachInItsOwnWords() {
        talking()
                .when(joins(60))
                .thenTold("CallConnected 200/0 (join)", "ParticipantsUpdated#1 [1] 200/0");
        talking()
                .when(joins(60, RequestedEvent.DTMF_RECEIVED))
                .thenOrdered("ReportTones 1 on")
                .thenTold(
                        "CallConnectionStateChanged CONNECTING",
                        "CallConnectionStateChanged CONNECTED 200/0 (join)");

        talking()
                .and(joins(60))
                .when(hangsUp())
                .thenTold("CallDisconnected 200/7000 (call)")
                .thenOrdered();
        talking()
                .and(joins(60), adds(1, BOB))
                .when(answers(2))
                .thenTold(
                        "AddParticipantSucceeded 4:+15550100002 200/0 (add1)",
                        "ParticipantsUpdated#2 [1,2] 200/0",
                        "ParticipantsUpdated#2 [1,2] 200/0");
    }

    @Test
    void aLeavingApplicationLetsGoOnlyOfWhomItInvited() {
        given(create(NEWEST, ALICE, USER), answers(1), answers(2))
                .and(joins(60), adds(Inputs.CALL.connection(2), 1, BOB))
                .when(hangsUp())
                .thenOrdered();
        given(create(NEWEST, ALICE, USER), answers(1), answers(2))
                .and(joins(60), adds(1, BOB))
                .when(hangsUp())
                .thenOrdered("HangUpLeg 3");
    }

    @Test
    void whoIsMutedIsMutedOnceAndShown() {
        given(create(NEWEST, ALICE, BOB), answers(1), answers(2))
                .when(mutes(1, BOB))
                .thenOrdered("MuteLeg 2")
                .thenTold("ParticipantsUpdated#3 [1,2m] 200/0")
                .and()
                .when(mutes(2, BOB))
                .thenOrdered()
                .thenTold();
        talking().when(mutes(1, BOB)).thenRefused(CallError.PARTICIPANT_NOT_FOUND);
    }

    @Test
    void whoIsOnHoldHearsMusicAndIsShown() {
        talking()
                .when(holds(1, ALICE))
                .thenOrdered("HoldLeg 1 with music")
                .thenTold("ParticipantsUpdated#2 [1h] 200/0")
                .and()
                .when(unholds(2, ALICE))
                .thenOrdered("UnholdLeg 1")
                .thenTold("ParticipantsUpdated#3 [1] 200/0");
        talking().when(unholds(2, ALICE)).thenOrdered().thenTold();
    }

    @Test
    void musicThatCannotBePlayedIsTold() {
        talking()
                .and(holds(1, ALICE))
                .when(
                        Inputs.reports(
                                new io.strowger.contracts.media.MediaEvent.HoldFailed(
                                        Inputs.operation(1),
                                        new io.strowger.contracts.id.LegId(1),
                                        io.strowger.contracts.media.PlayOutcome.FETCH_FAILED,
                                        "404")))
                .thenTold("HoldFailed 400/8536 (hold1)");
    }

    @Test
    void everyKeyIsToldWhileSomebodyListens() {
        talking().when(listens(1, ALICE)).thenOrdered("ReportTones 1 on");
        talking()
                .and(listens(1, ALICE))
                .when(presses(1, Tone.POUND, 1))
                .thenTold("ContinuousDtmfRecognitionToneReceived POUND#1 200/0 (keys)")
                .and()
                .when(presses(1, Tone.POUND, 1))
                .thenNothing();
        talking()
                .and(listens(1, ALICE))
                .when(listensNoMore(2, ALICE))
                .thenOrdered("ReportTones 1 off")
                .thenTold("ContinuousDtmfRecognitionStopped 200/0 (stop)")
                .and()
                .when(presses(1, Tone.ONE, 1))
                .thenNothing();
    }

    @Test
    void tonesAreSentAndTheirEndIsTold() {
        talking()
                .when(sends(1, ALICE, Tone.ONE, Tone.POUND))
                .thenOrdered("SendTones 1 [ONE, POUND]");
        talking()
                .and(sends(1, ALICE, Tone.ONE))
                .when(sent(1, null))
                .thenTold("SendDtmfTonesCompleted 200/0 (send1)");
        talking()
                .and(sends(1, ALICE, Tone.ONE))
                .when(sent(1, "no telephone-event"))
                .thenTold("SendDtmfTonesFailed 500/9999 (send1)");
        given(create(NEWEST, ALICE, BOB), answers(1), answers(2))
                .and(sends(1, BOB, Tone.ONE))
                .when(hangsUpFromFar(2))
                .thenTold(
                        "SendDtmfTonesFailed 500/9999 (send1)", "ParticipantsUpdated#3 [1] 200/0");
    }
}
