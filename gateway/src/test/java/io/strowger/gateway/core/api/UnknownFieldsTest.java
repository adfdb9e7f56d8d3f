package io.strowger.gateway.core.api;

import static io.strowger.gateway.core.api.Bodies.CALL;
import static io.strowger.gateway.core.api.Bodies.CONTEXTS;
import static io.strowger.gateway.core.api.Bodies.NOW;
import static io.strowger.gateway.core.api.Bodies.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.contracts.api.ApiVersion;
import io.strowger.gateway.core.current.CancelAllMediaEndpoint;
import io.strowger.gateway.core.current.CreateCallEndpoint;
import io.strowger.gateway.core.current.HoldAndToneEndpoints;
import io.strowger.gateway.core.current.IncomingCallEndpoints;
import io.strowger.gateway.core.current.ParticipantEndpoints;
import io.strowger.gateway.core.current.PlayEndpoint;
import io.strowger.gateway.core.current.RecognizeEndpoint;
import io.strowger.gateway.core.current.RecordingEndpoints;
import io.strowger.gateway.core.preview.PreviewCancelAllMediaEndpoint;
import io.strowger.gateway.core.preview.PreviewCreateCallEndpoint;
import io.strowger.gateway.core.preview.PreviewPeopleEndpoints;
import io.strowger.gateway.core.preview.PreviewPlayAudioEndpoint;
import io.strowger.gateway.core.preview.PreviewRecordingEndpoints;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Members that no version knows, in every object of every body, change nothing: clients may be
/// newer than this service.
class UnknownFieldsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Their members are names that the caller chose.
    private static final Set<String> FREE = Set.of("sipHeaders", "voipHeaders");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CREATE_CALL | {'targets':[{'rawId':'4:+15550100001','phoneNumber':{'value':'+15550100001'}}],'sourceCallerIdNumber':{'value':'+15550100000'},'source':{'id':'8:acs:r_bob'},'callbackUri':'https://app.example/e','callIntelligenceOptions':{}}",
                "ANSWER_CALL | {'incomingCallContext':'CONTEXT','callbackUri':'https://app.example/e','answeredBy':{'id':'8:acs:r_bob'}}",
                "REDIRECT_CALL | {'incomingCallContext':'CONTEXT','target':{'communicationUser':{'id':'8:acs:r_bob'}}}",
                "REJECT_CALL | {'incomingCallContext':'CONTEXT','callRejectReason':'busy'}",
                "CONNECT | {'callLocator':{'kind':'serverCallLocator','serverCallId':'CALL'},'callbackUri':'https://app.example/e'}",
                "TRANSFER | {'targetParticipant':{'rawId':'4:+15550100001'},'transferee':{'rawId':'8:acs:r_bob'},'customCallingContext':{'sipHeaders':{'User-To-User':'1'}}}",
                "PLAY | {'playSources':[{'kind':'file','file':{'uri':'https://app.example/p.wav'}}],'playTo':[{'rawId':'4:+15550100001'}],'playOptions':{'loop':true}}",
                "CANCEL_ALL_MEDIA | {}",
                "RECOGNIZE | {'recognizeInputType':'dtmf','playPrompt':{'kind':'file','file':{'uri':'https://app.example/p.wav'}},'recognizeOptions':{'targetParticipant':{'rawId':'4:+15550100001'},'dtmfOptions':{'maxTonesToCollect':2}}}",
                "START_CONTINUOUS_DTMF | {'targetParticipant':{'rawId':'4:+15550100001'}}",
                "STOP_CONTINUOUS_DTMF | {'targetParticipant':{'rawId':'4:+15550100001'}}",
                "SEND_DTMF_TONES | {'targetParticipant':{'rawId':'4:+15550100001'},'tones':['one']}",
                "HOLD | {'targetParticipant':{'rawId':'4:+15550100001'},'playSourceInfo':{'kind':'file','file':{'uri':'https://app.example/m.wav'}}}",
                "UNHOLD | {'targetParticipant':{'rawId':'4:+15550100001'}}",
                "ADD_PARTICIPANT | {'participantToAdd':{'rawId':'4:+15550100001'},'sourceCallerIdNumber':{'value':'+15550100000'},'customCallingContext':{'sipHeaders':{'User-To-User':'1'}}}",
                "REMOVE_PARTICIPANT | {'participantToRemove':{'rawId':'4:+15550100001'}}",
                "MUTE_PARTICIPANT | {'targetParticipants':[{'communicationUser':{'id':'8:acs:r_bob'}}]}",
                "CANCEL_ADD_PARTICIPANT | {'invitationId':'6f9619ff-8b86-d011-b42d-00c04fc964ff'}",
                "MOVE_PARTICIPANTS | {'targetParticipants':[{'rawId':'4:+15550100001'}],'fromCall':'CONNECTION'}",
                "START_RECORDING | {'callLocator':{'kind':'serverCallLocator','serverCallId':'CALL'},'recordingStateCallbackUri':'https://app.example/s','channelAffinity':[{'channel':1,'participant':{'rawId':'8:acs:r_bob'}}],'recordingChannelType':'unmixed','externalStorage':{'recordingStorageKind':'azureBlobStorage','recordingDestinationContainerUrl':'https://s3.example/calls'}}",
                "PREVIEW_CREATE_CALL | {'source':{'communicationUser':{'id':'8:acs:a_b'}},'targets':[{'phoneNumber':{'value':'+15550100001'}}],'alternateCallerId':{'value':'+15550100000'},'callbackUri':'https://app.example/e'}",
                "PREVIEW_PLAY_AUDIO | {'audioFileUri':'https://app.example/p.wav','loop':true}",
                "PREVIEW_CANCEL_ALL_MEDIA | {'operationContext':'c'}",
                "PREVIEW_ADD_PARTICIPANT | {'participant':{'communicationUser':{'id':'8:acs:a_b'}}}",
                "PREVIEW_JOIN_CALL | {'source':{'communicationUser':{'id':'8:acs:a_b'}},'callbackUri':'https://app.example/e'}",
                "PREVIEW_PLAY_AUDIO_IN_CALL | {'audioFileUri':'https://app.example/p.wav','callbackUri':'https://app.example/e'}",
                "PREVIEW_ADD_PARTICIPANT_TO_CALL | {'participant':{'communicationUser':{'id':'8:acs:a_b'}},'callbackUri':'https://app.example/e'}",
                "PREVIEW_START_RECORDING | {'recordingStateCallbackUri':'https://app.example/s'}",
            })
    void changeNothing(ApiOperation operation, String template) throws Exception {
        String body =
                template.replace("'", "\"")
                        .replace("CONTEXT", CONTEXTS.seal(CALL, NOW.plusSeconds(60)))
                        .replace("\"CALL\"", "\"" + CALL + "\"")
                        .replace("CONNECTION", CALL.connection(2).toString());
        JsonNode more = JSON.readTree(body);
        addTo(more);
        Endpoint<?> endpoint = endpoint(operation);
        ApiVersion version =
                operation.since().isPreview2021()
                        ? ApiVersion.V2021_08_30_PREVIEW
                        : ApiVersion.V2026_03_12;

        assertEquals(read(endpoint, version, body), read(endpoint, version, more.toString()));
    }

    private static void addTo(JsonNode node) {
        node.forEach(UnknownFieldsTest::addTo);
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(member -> FREE.contains(member.getKey()))
                    .forEach(member -> ((ObjectNode) member.getValue()).remove("ofTheFuture"));
            object.putObject("ofTheFuture").putArray("kind").add(1).addNull();
        }
    }

    private static Endpoint<?> endpoint(ApiOperation operation) {
        return Stream.<Endpoint<?>>concat(
                        Stream.of(
                                        ParticipantEndpoints.all(),
                                        HoldAndToneEndpoints.all(),
                                        IncomingCallEndpoints.all(),
                                        RecordingEndpoints.all(),
                                        PreviewPeopleEndpoints.all(),
                                        PreviewRecordingEndpoints.all())
                                .flatMap(List::stream),
                        Stream.of(
                                new CreateCallEndpoint(),
                                new PlayEndpoint(),
                                new RecognizeEndpoint(),
                                new CancelAllMediaEndpoint(),
                                new PreviewCreateCallEndpoint(),
                                new PreviewPlayAudioEndpoint(),
                                new PreviewCancelAllMediaEndpoint()))
                .filter(one -> one.operation() == operation)
                .findFirst()
                .orElseThrow();
    }
}
