package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.Roster;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaCommand.Dial;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateCallTest {
    @Test
    void dialsTheTargetAndDescribesTheCall() {
        CallScenario call = given().when(Inputs.create(Inputs.NEWEST, Inputs.ALICE));

        call.then("created", "timer RING PT1M10S", "timer MAX_DURATION PT24H", "order Dial 1");
        Described described = (Described) java.util.Objects.requireNonNull(call.answer());
        assertEquals(ConnectionState.CONNECTING, described.properties().state());
        assertEquals(List.of(Inputs.ALICE), described.properties().targets());
        assertEquals(Inputs.CALLBACK, described.properties().callbackUri());
    }

    @Test
    void dialsEveryTargetOfAGroupCallAtOnce() {
        given().when(Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB, Inputs.USER))
                .thenOrdered("Dial 1", "Dial 2", "Dial 3");
    }

    @Test
    void tells2021ApplicationsThatItConnects() {
        given().when(Inputs.create(Inputs.PREVIEW, Inputs.ALICE))
                .then(
                        "created",
                        "timer RING PT1M10S",
                        "timer MAX_DURATION PT24H",
                        "order Dial 1",
                        "told CallConnectionStateChanged CONNECTING");
    }

    @Test
    void hasTheWorkerReportTonesOnlyWhenTheApplicationAsked() {
        CallScenario asked =
                given().when(
                                Inputs.create(
                                        Inputs.PREVIEW,
                                        Set.of(RequestedEvent.DTMF_RECEIVED),
                                        Inputs.ALICE));
        CallScenario silent = given().when(Inputs.create(Inputs.PREVIEW, Inputs.ALICE));

        assertEquals(true, ((Dial) asked.orders().getFirst().command()).reportTones());
        assertEquals(false, ((Dial) silent.orders().getFirst().command()).reportTones());
    }

    @Test
    void isRefusedWhenNoWorkerHasRoom() {
        given().withoutWorkers()
                .when(Inputs.create(Inputs.NEWEST, Inputs.ALICE))
                .thenRefused(CallError.NO_MEDIA_CAPACITY);
    }

    @Test
    void ringsOnceHoweverOftenTheFarEndSaysSo() {
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE))
                .when(Inputs.rings(1))
                .then("rang 1")
                .when(Inputs.rings(1))
                .thenNothing();
    }

    @Test
    void tellsTheCurrentLineThatItIsConnectedAndWhoIsThere() {
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE), Inputs.rings(1))
                .when(Inputs.answers(1))
                .then(
                        "answered 1",
                        "timer RING off",
                        "told CallConnected 200/0 (call)",
                        "told ParticipantsUpdated#1 [1] 200/0");
    }

    @Test
    void connectsWithoutRingingFirst() {
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE))
                .when(Inputs.answers(1))
                .thenTold("CallConnected 200/0 (call)", "ParticipantsUpdated#1 [1] 200/0")
                .when(Inputs.rings(1))
                .thenNothing();
    }

    @Test
    void tellsThe2021LineThatItIsConnectedWithoutARosterUnlessAsked() {
        given(Inputs.create(Inputs.PREVIEW, Inputs.ALICE))
                .when(Inputs.answers(1))
                .thenTold("CallConnectionStateChanged CONNECTED 200/0 (call)");
        given(
                        Inputs.create(
                                Inputs.PREVIEW,
                                Set.of(RequestedEvent.PARTICIPANTS_UPDATED),
                                Inputs.ALICE))
                .when(Inputs.answers(1))
                .thenTold(
                        "CallConnectionStateChanged CONNECTED 200/0 (call)",
                        "ParticipantsUpdated#1 [1] 200/0");
    }

    @Test
    void letsTheOthersOfAGroupRingOnWhenOneAnswers() {
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB), Inputs.rings(1))
                .when(Inputs.answers(2))
                .thenTold("CallConnected 200/0 (call)", "ParticipantsUpdated#1 [2] 200/0")
                .thenOrdered()
                .when(Inputs.answers(1))
                .thenTold("ParticipantsUpdated#2 [1,2] 200/0");
    }

    @Test
    void goesOnWithTheOneWhoAnsweredWhenTheOthersFail() {
        given(
                        Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB, Inputs.USER),
                        Inputs.answers(1))
                .when(Inputs.isBusy(2))
                .then("over 2 REFUSED")
                .when(Inputs.ends(3, Cause.NO_ANSWER, 487, "Request Terminated"))
                .then("over 3 NO_ANSWER")
                .when(Inputs.asks(5, new CallCommand.ListParticipants(Inputs.CONNECTION)))
                .thenAnswered(
                        new Roster(
                                List.of(
                                        new io.strowger.contracts.call.Participant(
                                                Inputs.ALICE,
                                                new io.strowger.contracts.id.LegId(1),
                                                false,
                                                false))));
    }

    @Test
    void failsWhenTheLastTargetFails() {
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB), Inputs.isBusy(1))
                .when(Inputs.isBusy(2))
                .then(
                        "over 2 REFUSED",
                        "ending 486/560486 PARTICIPANT",
                        "timer RING off",
                        "timer MAX_DURATION off",
                        "order ReleaseCall",
                        "told CreateCallFailed 486/560486 (call)",
                        "recorded 486/560486 PARTICIPANT",
                        "ended, kept PT10M");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-12, CreateCallFailed 486/560486 (call)",
        "2024-09-15, CreateCallFailed 486/560486 (call)",
        "2024-04-15, CallDisconnected 486/560486 (call)",
        "2023-03-06, CallDisconnected 486/560486 (call)"
    })
    void namesTheFailureAsTheVersionKnowsIt(String version, String told) {
        given(Inputs.create(ApiVersion.parse(version).orElseThrow(), Inputs.ALICE))
                .when(Inputs.isBusy(1))
                .thenTold(told);
    }

    @Test
    void tellsThe2021LineOfAFailureByItsStates() {
        given(Inputs.create(Inputs.PREVIEW, Inputs.ALICE))
                .when(Inputs.isBusy(1))
                .thenTold(
                        "CallConnectionStateChanged DISCONNECTING",
                        "CallConnectionStateChanged DISCONNECTED 486/560486 (call)");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_ANSWER,      487, number, 487/560487, PARTICIPANT",
        "NO_ANSWER,      487, user,   487/10004,  PARTICIPANT",
        "REFUSED,        486, number, 486/560486, PARTICIPANT",
        "REFUSED,        603, number, 603/560603, PARTICIPANT",
        "REFUSED,        603, user,   603/0,      PARTICIPANT",
        "REFUSED,        404, number, 404/560404, PARTICIPANT",
        "REFUSED,        503, number, 503/560503, CARRIER",
        "UNREACHABLE,    0,   number, 408/560408, CARRIER",
        "UNREACHABLE,    408, user,   408/10057,  CARRIER",
        "NO_ROUTE,       0,   number, 404/511532, CARRIER",
        "NO_ROUTE,       0,   user,   480/10037,  CARRIER",
        "MEDIA_LOST,     0,   number, 410/301005, CARRIER",
        "NO_CAPACITY,    0,   number, 503/560503, PLATFORM",
        "WORKER_FAILURE, 0,   number, 500/560500, PLATFORM"
    })
    void saysWhyInTheNumbersOfTheApi(
            Cause cause, int sipStatus, String target, String result, CallRecord.Termination who) {
        var participant = target.equals("user") ? Inputs.USER : Inputs.ALICE;

        CallScenario call =
                given(Inputs.create(Inputs.NEWEST, participant))
                        .when(Inputs.ends(1, cause, sipStatus, "why"));

        call.thenTold("CreateCallFailed " + result + " (call)");
        assertEquals(who, call.records().getFirst().termination());
    }

    @Test
    void endsTheResultsMessageAsTheServiceDoes() {
        CallScenario call =
                given(Inputs.create(Inputs.NEWEST, Inputs.ALICE)).when(Inputs.isBusy(1));

        var result = java.util.Objects.requireNonNull(call.told().getLast().result());
        assertEquals("The call was refused: 486 Busy Here DiagCode: 0#560486.@", result.message());
        assertEquals(486, result.sipCode());
    }

    @Test
    void isRefusedWhenItsGatewayGaveUpLongAgo() {
        given().later(Duration.ofSeconds(62))
                .when(Inputs.create(Inputs.NEWEST, Inputs.ALICE))
                .thenRefused(CallError.NOT_READY);
        given().later(Duration.ofSeconds(59))
                .when(Inputs.create(Inputs.NEWEST, Inputs.ALICE))
                .thenOrdered("Dial 1");
    }
}
