package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.MOST_CALLS;
import static io.strowger.orchestrator.core.call.CallScenario.given;
import static io.strowger.orchestrator.core.call.Inputs.ALICE;
import static io.strowger.orchestrator.core.call.Inputs.BOB;
import static io.strowger.orchestrator.core.call.Inputs.CALL;
import static io.strowger.orchestrator.core.call.Inputs.CONNECTION;
import static io.strowger.orchestrator.core.call.Inputs.NEWEST;
import static io.strowger.orchestrator.core.call.Inputs.PLACEMENT;
import static io.strowger.orchestrator.core.call.Inputs.USER;
import static io.strowger.orchestrator.core.call.Inputs.answers;
import static io.strowger.orchestrator.core.call.Inputs.asks;
import static io.strowger.orchestrator.core.call.Inputs.by;
import static io.strowger.orchestrator.core.call.Inputs.create;
import static io.strowger.orchestrator.core.call.Inputs.hangsUpFromFar;
import static io.strowger.orchestrator.core.call.People.APPLICATION;
import static io.strowger.orchestrator.core.call.People.answersIncoming;
import static io.strowger.orchestrator.core.call.People.callsIn;
import static io.strowger.orchestrator.core.call.People.redirects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.BetweenCalls;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How many calls at a time an application may have, and for how long.
class CapTest {
    private static final String KEY = "key-1";

    @Test
    void anApplicationGetsNoCallBeyondItsOwnNumber() {
        given().whileRunning(MOST_CALLS - 1)
                .when(by(KEY, create(NEWEST, ALICE)))
                .thenOrdered("Dial 1");
        given().whileRunning(MOST_CALLS)
                .when(by(KEY, create(NEWEST, ALICE)))
                .thenRefused(CallError.TOO_MANY_REQUESTS);
    }

    @Test
    void aCallThatWasMadeIsAnsweredAgainThoughThereAreTooManyByNow() {
        given(by(KEY, create(NEWEST, ALICE)))
                .whileRunning(MOST_CALLS)
                .when(by(KEY, create(NEWEST, ALICE)))
                .thenNothing();
    }

    @Test
    void anIncomingCallIsNotAnsweredBeyondItAndRingsOnMeanwhile() {
        given(callsIn(ALICE, APPLICATION))
                .whileRunning(MOST_CALLS)
                .when(by(KEY, answersIncoming()))
                .thenRefused(CallError.TOO_MANY_REQUESTS)
                .whileRunning(MOST_CALLS - 1)
                .when(by(KEY, answersIncoming()))
                .thenOrdered("AnswerLeg 1");
    }

    @Test
    void anIncomingCallIsNotPassedOnBeyondIt() {
        given(callsIn(ALICE, APPLICATION))
                .whileRunning(MOST_CALLS)
                .when(by(KEY, redirects(BOB)))
                .thenRefused(CallError.TOO_MANY_REQUESTS)
                .whileRunning(0)
                .when(by(KEY, redirects(BOB)))
                .thenOrdered("Dial 2");
    }

    @Test
    void whoPassesACallOnHasItAndWhoAnswersItThenHasNoneMore() {
        CallScenario call =
                given(callsIn(ALICE, APPLICATION), by(KEY, redirects(APPLICATION)))
                        .whileRunning(MOST_CALLS)
                        .when(by("key-2", answersIncoming()))
                        .thenOrdered("AnswerLeg 1");

        assertEquals(Optional.of(KEY), call.state().countsFor());
    }

    @Test
    void aCallCountsUntilItIsOverAndOneBetweenPhonesForNobody() {
        CallScenario call = given(by(KEY, create(NEWEST, ALICE)), answers(1));
        assertEquals(Optional.of(KEY), call.state().countsFor());

        call.and(hangsUpFromFar(1));

        assertEquals(Optional.empty(), call.state().countsFor());
        assertEquals(Optional.empty(), given(callsIn(ALICE, USER)).state().countsFor());
    }

    @Test
    void whoIsTransferredIntoACallOfTheirOwnCountsOnAndTalksNoLongerByThat() {
        CallScenario group =
                given(by(KEY, create(NEWEST, ALICE, BOB)), answers(1), answers(2))
                        .and(
                                asks(
                                        101,
                                        new CallCommand.Transfer(
                                                CONNECTION,
                                                Inputs.operation(1),
                                                new CallCommand.Invitee(
                                                        USER, null, null, null, Map.of()),
                                                BOB,
                                                null,
                                                null)),
                                answers(3))
                        .later(Duration.ofHours(23))
                        .when(
                                Inputs.reports(
                                        new MediaEvent.LegReleased(
                                                new LegId(2), Inputs.dialog(5))));
        BetweenCalls.TakeOver coming = (BetweenCalls.TakeOver) forwarded(group).command();

        CallScenario alone =
                given().later(Duration.ofHours(23))
                        .whileRunning(MOST_CALLS)
                        .when(comesOver(coming));

        assertEquals(Optional.of(KEY), alone.state().countsFor());
        assertEquals(
                CallScenario.START.plus(Duration.ofHours(24)),
                alone.state().timers().get(TimerName.MAX_DURATION));
    }

    private static CallRequest forwarded(CallScenario call) {
        return call.events().stream()
                .filter(CallEvent.Forwarded.class::isInstance)
                .map(event -> ((CallEvent.Forwarded) event).request())
                .findFirst()
                .orElseThrow();
    }

    /// As it comes to the new call, under the id that is the one call of these tests.
    private static CallInput comesOver(BetweenCalls.TakeOver coming) {
        return asks(
                401,
                new BetweenCalls.TakeOver(
                        CALL,
                        coming.operationId(),
                        coming.participant(),
                        coming.dialog(),
                        PLACEMENT,
                        coming.owner(),
                        coming.endsAt()));
    }
}
