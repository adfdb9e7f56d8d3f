package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;
import static io.strowger.orchestrator.core.call.Inputs.ALICE;
import static io.strowger.orchestrator.core.call.Inputs.BOB;
import static io.strowger.orchestrator.core.call.Inputs.CALL;
import static io.strowger.orchestrator.core.call.Inputs.CONNECTION;
import static io.strowger.orchestrator.core.call.Inputs.NEWEST;
import static io.strowger.orchestrator.core.call.Inputs.OTHER_CALL;
import static io.strowger.orchestrator.core.call.Inputs.PLACEMENT;
import static io.strowger.orchestrator.core.call.Inputs.USER;
import static io.strowger.orchestrator.core.call.Inputs.answers;
import static io.strowger.orchestrator.core.call.Inputs.create;
import static io.strowger.orchestrator.core.call.Inputs.dialog;
import static io.strowger.orchestrator.core.call.Inputs.hangsUpFromFar;
import static io.strowger.orchestrator.core.call.Inputs.terminates;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.Invitee;
import io.strowger.contracts.event.CallRecord.Direction;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.placement.Placement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// People who go over from one call to another.
class MoveTest {
    private static final CallConnectionId THERE = OTHER_CALL.connection(1);

    private static CallScenario talking() {
        return given(create(NEWEST, ALICE, BOB), answers(1), answers(2));
    }

    private static CallInput moves(long number, Identifier who, CallConnectionId from) {
        return Inputs.asks(
                100 + number,
                new CallCommand.MoveParticipants(
                        CONNECTION,
                        Inputs.operation(number),
                        List.of(who),
                        from,
                        "move" + number,
                        null));
    }

    private static CallInput isAskedFor(Identifier who) {
        return Inputs.asks(
                300,
                new BetweenCalls.HandOver(CALL, CONNECTION, who, OTHER_CALL, Inputs.operation(9)));
    }

    private static CallInput comes(
            long number, Identifier who, boolean indeed, @Nullable Placement begin) {
        return Inputs.asks(
                400 + number,
                new BetweenCalls.TakeOver(
                        CALL,
                        Inputs.operation(number),
                        who,
                        indeed ? dialog(7) : null,
                        begin,
                        null,
                        null));
    }

    private static CallInput isReleased(int leg) {
        return Inputs.reports(new MediaEvent.LegReleased(new LegId(leg), dialog(5)));
    }

    @Test
    void theOtherCallIsAskedForWhomThisOneWants() {
        talking()
                .when(moves(1, USER, THERE))
                .thenForwarded("HandOver 8:acs:resource_carol 1")
                .thenOrdered()
                .thenTold();
        talking().when(moves(1, USER, CONNECTION)).thenRefused(CallError.INVALID_REQUEST);
        talking().when(moves(1, ALICE, THERE)).thenRefused(CallError.INVALID_REQUEST);
    }

    @Test
    void whoComesOverIsCarriedOnAndInTheRoster() {
        talking()
                .and(moves(1, USER, THERE))
                .when(comes(1, USER, true, null))
                .thenOrdered("AdoptLeg 3")
                .thenTold()
                .and()
                .when(comes(1, USER, true, null))
                .thenNothing()
                .when(answers(3))
                .thenTold(
                        "MoveParticipantSucceeded 8:acs:resource_carol 200/0 (move1)",
                        "ParticipantsUpdated#3 [1,2,3] 200/0");
    }

    @Test
    void whoDoesNotComeOverIsTold() {
        talking()
                .and(moves(1, USER, THERE))
                .when(comes(1, USER, false, null))
                .thenTold("MoveParticipantFailed 8:acs:resource_carol 404/8522 (move1)")
                .thenOrdered();
        talking()
                .and(moves(1, USER, THERE), comes(1, USER, true, null))
                .when(Inputs.ends(3, Cause.UNREACHABLE, 481, "gone"))
                .thenTold("MoveParticipantFailed 8:acs:resource_carol 481/560481 (move1)");
        talking()
                .and(moves(1, USER, THERE))
                .when(terminates())
                .thenTold("MoveParticipantFailed 8:acs:resource_carol 487/0 (move1)");
    }

    @Test
    void whoIsAskedForIsGivenAwayAndMissed() {
        talking().when(isAskedFor(BOB)).thenOrdered("ReleaseLeg 2").thenTold().thenForwarded();
        talking()
                .and(isAskedFor(BOB))
                .when(isReleased(2))
                .thenForwarded("TakeOver 4:+15550100002 9")
                .thenTold("ParticipantsUpdated#3 [1] 200/0");
        talking()
                .and(isAskedFor(BOB))
                .when(hangsUpFromFar(2))
                .thenForwarded("TakeOver 4:+15550100002 9 not");
    }

    @Test
    void whoIsNotThereIsNotGivenAwayHoweverTheCallIs() {
        talking().when(isAskedFor(USER)).thenForwarded("TakeOver 8:acs:resource_carol 9 not");
        given().when(isAskedFor(BOB)).thenForwarded("TakeOver 4:+15550100002 9 not");
        given(create(NEWEST, ALICE))
                .when(isAskedFor(ALICE))
                .thenForwarded("TakeOver 4:+15550100001 9 not");
    }

    @Test
    void oneMemberOfAGroupIsTransferredIntoACallOfItsOwn() {
        CallScenario group = talking();

        group.and(
                        Inputs.asks(
                                101,
                                new CallCommand.Transfer(
                                        CONNECTION,
                                        Inputs.operation(1),
                                        new Invitee(USER, null, null, null, Map.of()),
                                        BOB,
                                        "transfer",
                                        null)))
                .when(answers(3))
                .thenOrdered("ReleaseLeg 2", "ReleaseLeg 3")
                .thenTold(
                        "CallTransferAccepted 4:+15550100002 to 8:acs:resource_carol 200/0 (transfer)",
                        "ParticipantsUpdated#3 [1,2,3] 200/0");
        group.and()
                .when(isReleased(2))
                .thenForwarded("TakeOver 4:+15550100002 1 into a new call")
                .thenTold("ParticipantsUpdated#4 [1,3] 200/0");
        group.when(isReleased(3))
                .thenForwarded("TakeOver 8:acs:resource_carol 1 into a new call")
                .thenTold("ParticipantsUpdated#5 [1] 200/0")
                .thenOrdered();
    }

    @Test
    void aCallBeginsWithWhoComesOver() {
        CallScenario call = given().when(comes(1, BOB, true, PLACEMENT)).thenOrdered("AdoptLeg 1");
        call.and(comes(2, USER, true, PLACEMENT), answers(1), answers(2));

        call.when(hangsUpFromFar(1)).thenOrdered("HangUpLeg 2");
        call.and().when(Inputs.isHungUp(2)).thenOrdered("ReleaseCall");

        assertEquals(Direction.PEER_TO_PEER, call.records().getFirst().direction());
    }

    @Test
    void nobodyComesOverIntoACallThatIsNone() {
        given().when(comes(1, BOB, true, null)).thenNothing();
        given().when(comes(1, BOB, false, PLACEMENT)).thenNothing();
    }
}
