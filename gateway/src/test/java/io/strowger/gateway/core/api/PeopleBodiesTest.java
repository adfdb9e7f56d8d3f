package io.strowger.gateway.core.api;

import static io.strowger.gateway.core.api.Bodies.CALL;
import static io.strowger.gateway.core.api.Bodies.CONTEXTS;
import static io.strowger.gateway.core.api.Bodies.NOW;
import static io.strowger.gateway.core.api.Bodies.assertRefused;
import static io.strowger.gateway.core.api.Bodies.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.ByIdentifier;
import io.strowger.contracts.call.CallCommand.ByLeg;
import io.strowger.contracts.call.CallCommand.Invitee;
import io.strowger.contracts.call.CallCommand.RejectReason;
import io.strowger.contracts.call.PlaySource.FileSource;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.gateway.core.current.HoldAndToneEndpoints;
import io.strowger.gateway.core.current.IncomingCallEndpoints;
import io.strowger.gateway.core.current.ParticipantEndpoints;
import io.strowger.gateway.core.preview.PreviewPeopleEndpoints;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies about people: what they become, and which are refused with what.
class PeopleBodiesTest {
    private static final CallConnectionId CONNECTION = CALL.connection(1);
    private static final OperationId OPERATION = new OperationId(new UUID(1, 2));
    private static final PhoneNumber ALICE = new PhoneNumber("+15550100001");
    private static final CommunicationUser BOB = new CommunicationUser("8:acs:r_bob");
    private static final URI APP = URI.create("https://app.example/e");
    private static final ApiVersion NEWEST = ApiVersion.newest();
    private static final String TARGET = "'targetParticipant':{'rawId':'4:+15550100001'}";

    private static Endpoint<?> endpoint(ApiOperation operation) {
        return Stream.of(
                        ParticipantEndpoints.all(),
                        HoldAndToneEndpoints.all(),
                        IncomingCallEndpoints.all(),
                        PreviewPeopleEndpoints.all())
                .flatMap(List::stream)
                .filter(one -> one.operation() == operation)
                .findFirst()
                .orElseThrow();
    }

    private static CallCommand current(ApiOperation operation, String body) throws Exception {
        return read(endpoint(operation), NEWEST, body);
    }

    private static CallCommand preview(ApiOperation operation, String body) throws Exception {
        return read(endpoint(operation), ApiVersion.V2021_08_30_PREVIEW, body);
    }

    @Test
    void readsWhomToAdd() throws Exception {
        assertEquals(
                new CallCommand.AddParticipant(
                        CONNECTION,
                        OPERATION,
                        new Invitee(
                                ALICE,
                                new PhoneNumber("+15550100000"),
                                "Clinic",
                                Duration.ofSeconds(20),
                                Map.of("User-To-User", "1")),
                        "ctx",
                        APP),
                current(
                        ApiOperation.ADD_PARTICIPANT,
                        "{'participantToAdd':{'rawId':'4:+15550100001'},'sourceCallerIdNumber':{'value':'+15550100000'},'sourceDisplayName':'Clinic','invitationTimeoutInSeconds':20,'operationContext':'ctx','operationCallbackUri':'https://app.example/e','customCallingContext':{'sipHeaders':{'User-To-User':'1'}}}"));
    }

    @Test
    void noTimeoutAndAZeroOneRingAsLongAsAny() throws Exception {
        for (String timeout : List.of("", ",'invitationTimeoutInSeconds':0")) {
            var add =
                    (CallCommand.AddParticipant)
                            current(
                                    ApiOperation.ADD_PARTICIPANT,
                                    "{'participantToAdd':{'rawId':'8:acs:r_bob'}" + timeout + "}");
            assertEquals(null, add.invitee().timeout());
            assertEquals(BOB, add.invitee().target());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ADD_PARTICIPANT | {} | Invalid participantToAdd: it is required",
                "ADD_PARTICIPANT | {'participantToAdd':{'rawId':'4:+1'}} | Invalid sourceCallerIdNumber: it is required where",
                "ADD_PARTICIPANT | {'participantToAdd':{'rawId':'8:acs:a_b'},'invitationTimeoutInSeconds':181} | Invalid invitationTimeoutInSeconds: it must be 0..180",
                "ADD_PARTICIPANT | {'participantToAdd':{'rawId':'8:acs:a_b'},'customCallingContext':{'sipHeaders':{'X-A':1}}} | must be a string",
                "REMOVE_PARTICIPANT | {} | Invalid participantToRemove: it is required",
                "CANCEL_ADD_PARTICIPANT | {'invitationId':'x'} | Invalid invitationId: it must be a GUID",
                "MUTE_PARTICIPANT | {'targetParticipants':[]} | Invalid targetParticipants: it must have 1..350",
                "TRANSFER | {} | Invalid targetParticipant: it is required",
                "TRANSFER | {'targetParticipant':{'rawId':'8:orgid:x'}} | must be a phone number or",
                "HOLD | {} | Invalid targetParticipant: it is required",
                "SEND_DTMF_TONES | {'targetParticipant':{'rawId':'4:+1'},'tones':[]} | Invalid tones: it must have 1..100",
                "SEND_DTMF_TONES | {'targetParticipant':{'rawId':'4:+1'},'tones':['eleven']} | Invalid tones: it must name tones",
                "ANSWER_CALL | {'callbackUri':'https://a.example'} | Invalid incomingCallContext: it is required",
                "ANSWER_CALL | {'incomingCallContext':'abc','callbackUri':'https://a.example'} | Invalid incomingCallContext: it is none of this service",
                "REJECT_CALL | {'incomingCallContext':'CONTEXT','callRejectReason':'rude'} | Invalid callRejectReason: it must be none, busy or forbidden",
                "REDIRECT_CALL | {'incomingCallContext':'CONTEXT'} | Invalid target: it is required",
                "CONNECT | {'callbackUri':'https://a.example'} | Invalid callLocator: it is required",
                "CONNECT | {'callLocator':{'kind':'groupCallLocator','groupCallId':'g'},'callbackUri':'https://a.example'} | callLocator groupCallLocator is not supported",
                "CONNECT | {'callLocator':{'kind':'x','serverCallId':'y'},'callbackUri':'https://a.example'} | Invalid callLocator.kind: it must be serverCallLocator",
            })
    void refusesWhatIsWrong(ApiOperation operation, String body, String message) {
        String context = CONTEXTS.seal(CALL, NOW.plusSeconds(30));
        assertRefused(message, endpoint(operation), NEWEST, body.replace("CONTEXT", context));
    }

    @Test
    void readsWhomToRemoveMuteHoldAndListenTo() throws Exception {
        assertEquals(
                new CallCommand.RemoveParticipant(
                        CONNECTION, OPERATION, new ByIdentifier(ALICE), "c", null),
                current(
                        ApiOperation.REMOVE_PARTICIPANT,
                        "{'participantToRemove':{'rawId':'4:+15550100001'},'operationContext':'c'}"));
        assertEquals(
                new CallCommand.MuteParticipants(CONNECTION, OPERATION, List.of(BOB), null),
                current(
                        ApiOperation.MUTE_PARTICIPANT,
                        "{'targetParticipants':[{'communicationUser':{'id':'8:acs:r_bob'}}]}"));
        assertEquals(
                new CallCommand.Hold(
                        CONNECTION,
                        OPERATION,
                        ALICE,
                        new FileSource(URI.create("https://app.example/m.wav"), null),
                        null,
                        null),
                current(
                        ApiOperation.HOLD,
                        "{"
                                + TARGET
                                + ",'playSourceInfo':{'kind':'file','file':{'uri':'https://app.example/m.wav'}}}"));
        assertEquals(
                new CallCommand.Unhold(CONNECTION, ALICE, null),
                current(ApiOperation.UNHOLD, "{" + TARGET + "}"));
        assertEquals(
                new CallCommand.StartContinuousDtmf(CONNECTION, ALICE, "k", null),
                current(
                        ApiOperation.START_CONTINUOUS_DTMF,
                        "{" + TARGET + ",'operationContext':'k'}"));
        assertEquals(
                new CallCommand.StopContinuousDtmf(CONNECTION, ALICE, null, null),
                current(ApiOperation.STOP_CONTINUOUS_DTMF, "{" + TARGET + "}"));
        assertEquals(
                new CallCommand.SendDtmfTones(
                        CONNECTION, OPERATION, List.of(Tone.ONE, Tone.POUND), ALICE, null, null),
                current(ApiOperation.SEND_DTMF_TONES, "{" + TARGET + ",'tones':['one','pound']}"));
    }

    @Test
    void readsWhomToTransferToWhom() throws Exception {
        assertEquals(
                new CallCommand.Transfer(
                        CONNECTION,
                        OPERATION,
                        new Invitee(ALICE, null, null, null, Map.of()),
                        BOB,
                        null,
                        null),
                current(
                        ApiOperation.TRANSFER,
                        "{" + TARGET + ",'transferee':{'rawId':'8:acs:r_bob'}}"));
    }

    @Test
    void readsWhatToDoWithAnIncomingCall() throws Exception {
        String context = CONTEXTS.seal(CALL, NOW.plusSeconds(30));
        assertEquals(
                new CallCommand.Answer(CALL, APP, "c", BOB, null, null),
                current(
                        ApiOperation.ANSWER_CALL,
                        "{'incomingCallContext':'"
                                + context
                                + "','callbackUri':'https://app.example/e','operationContext':'c','answeredBy':{'id':'8:acs:r_bob'}}"));
        assertEquals(
                new CallCommand.Reject(CALL, RejectReason.NONE),
                current(ApiOperation.REJECT_CALL, "{'incomingCallContext':'" + context + "'}"));
        assertEquals(
                new CallCommand.Redirect(CALL, BOB),
                current(
                        ApiOperation.REDIRECT_CALL,
                        "{'incomingCallContext':'"
                                + context
                                + "','target':{'rawId':'8:acs:r_bob'}}"));
    }

    @Test
    void refusesAContextThatIsTooOld() {
        String context = CONTEXTS.seal(CALL, NOW.minusSeconds(1));

        assertRefused(
                "Invalid incomingCallContext: it has expired",
                endpoint(ApiOperation.REJECT_CALL),
                NEWEST,
                "{'incomingCallContext':'" + context + "'}");
    }

    @Test
    void readsWhichCallToJoin() throws Exception {
        assertEquals(
                new CallCommand.Join(CALL, APP, null, "c", Set.of(), null, null),
                current(
                        ApiOperation.CONNECT,
                        "{'callLocator':{'kind':'serverCallLocator','serverCallId':'"
                                + CALL
                                + "'},'callbackUri':'https://app.example/e','operationContext':'c'}"));
        assertEquals(
                new CallCommand.Join(
                        CALL, APP, BOB, null, Set.of(RequestedEvent.DTMF_RECEIVED), null, null),
                preview(
                        ApiOperation.PREVIEW_JOIN_CALL,
                        "{'source':{'communicationUser':{'id':'8:acs:r_bob'}},'callbackUri':'https://app.example/e','requestedCallEvents':['dtmfReceived']}"));
    }

    @Test
    void aCallThatThisServiceNeverMadeIsNotFound() {
        String forged = CALL.toString().startsWith("A") ? "B" : "A";
        Refusal refusal =
                assertThrows(
                        Refusal.class,
                        () ->
                                current(
                                        ApiOperation.CONNECT,
                                        "{'callLocator':{'serverCallId':'"
                                                + forged
                                                + CALL.toString().substring(1)
                                                + "'},'callbackUri':'https://app.example/e'}"));

        assertEquals(CallError.CALL_NOT_FOUND, refusal.error());
    }

    @Test
    void readsWhatAnApplicationOutsideOfTheCallAsks() throws Exception {
        assertEquals(
                new CallCommand.AddToCall(
                        CALL,
                        OPERATION,
                        new Invitee(ALICE, new PhoneNumber("+15550100000"), null, null, Map.of()),
                        "c",
                        APP),
                preview(
                        ApiOperation.PREVIEW_ADD_PARTICIPANT_TO_CALL,
                        "{'participant':{'phoneNumber':{'value':'+15550100001'}},'alternateCallerId':{'value':'+15550100000'},'operationContext':'c','callbackUri':'https://app.example/e'}"));
        assertEquals(
                new CallCommand.RemoveFromCall(CALL, OPERATION, new ByLeg(new LegId(3))),
                preview(ApiOperation.PREVIEW_REMOVE_PARTICIPANT_FROM_CALL, "{}"));
        assertEquals(
                new CallCommand.RemoveParticipant(
                        CONNECTION, OPERATION, new ByLeg(new LegId(3)), null, null),
                preview(ApiOperation.PREVIEW_REMOVE_PARTICIPANT, "{}"));
        assertEquals(
                new CallCommand.PlayToCall(
                        CALL,
                        OPERATION,
                        List.of(new FileSource(URI.create("https://app.example/a.wav"), "id")),
                        true,
                        "c",
                        APP),
                preview(
                        ApiOperation.PREVIEW_PLAY_AUDIO_IN_CALL,
                        "{'audioFileUri':'https://app.example/a.wav','audioFileId':'id','loop':true,'operationContext':'c','callbackUri':'https://app.example/e'}"));
    }
}
