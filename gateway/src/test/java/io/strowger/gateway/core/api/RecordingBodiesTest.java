package io.strowger.gateway.core.api;

import static io.strowger.gateway.core.api.Bodies.CALL;
import static io.strowger.gateway.core.api.Bodies.assertRefused;
import static io.strowger.gateway.core.api.Bodies.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.ChannelAffinity;
import io.strowger.contracts.call.CallCommand.StartRecording;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.gateway.core.current.RecordingEndpoints;
import io.strowger.gateway.core.preview.PreviewRecordingEndpoints;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies about recordings: what they become, and which are refused with what.
class RecordingBodiesTest {
    private static final OperationId OPERATION = new OperationId(new UUID(1, 2));
    private static final String LOCATOR = "'callLocator':{'serverCallId':'" + CALL + "'}";
    private static final RecordingFormat MIXED_WAV =
            new RecordingFormat(ChannelType.MIXED, FileFormat.WAV);

    private static Endpoint<?> endpoint(ApiOperation operation) {
        return Stream.of(RecordingEndpoints.all(), PreviewRecordingEndpoints.all())
                .flatMap(List::stream)
                .filter(one -> one.operation() == operation)
                .findFirst()
                .orElseThrow();
    }

    private static CallCommand start(ApiVersion version, String body) throws Exception {
        return read(endpoint(ApiOperation.START_RECORDING), version, body);
    }

    private static RecordingFormat preview(ApiVersion version, String body) throws Exception {
        return ((StartRecording)
                        read(endpoint(ApiOperation.PREVIEW_START_RECORDING), version, body))
                .format();
    }

    @Test
    void readsAllThatCanBeAsked() throws Exception {
        assertEquals(
                new StartRecording(
                        CALL,
                        CALL.connection(1),
                        OPERATION,
                        new RecordingFormat(ChannelType.UNMIXED, FileFormat.WAV),
                        List.of(new CommunicationUser("8:acs:r_bob")),
                        List.of(new ChannelAffinity(4, new PhoneNumber("+15550100001"))),
                        true,
                        URI.create("https://app.example/s"),
                        URI.create("https://s3.example/bucket/calls")),
                start(
                        ApiVersion.newest(),
                        "{'callConnectionId':'"
                                + CALL.connection(1)
                                + "','recordingStateCallbackUri':'https://app.example/s','recordingContentType':'audio','recordingChannelType':'Unmixed','recordingFormatType':'wav','audioChannelParticipantOrdering':[{'rawId':'8:acs:r_bob'}],'channelAffinity':[{'channel':4,'participant':{'rawId':'4:+15550100001'}}],'pauseOnStart':true,'externalStorage':{'recordingStorageKind':'AzureBlobStorage','recordingDestinationContainerUrl':'https://s3.example/bucket/calls'}}"));
    }

    @Test
    void whatIsNotSaidIsMixedWavInTheInstallationsStore() throws Exception {
        assertEquals(
                new StartRecording(
                        CALL, null, OPERATION, MIXED_WAV, List.of(), List.of(), false, null, null),
                start(
                        ApiVersion.V2024_04_15,
                        "{"
                                + LOCATOR
                                + ",'externalStorage':{'recordingStorageKind':'azureCommunicationServices'}}"));
    }

    @Test
    void anOldVersionDoesNotKnowWhatCameLater() throws Exception {
        StartRecording start =
                (StartRecording)
                        start(
                                ApiVersion.V2023_03_06,
                                "{"
                                        + LOCATOR
                                        + ",'pauseOnStart':true,'callConnectionId':'x','externalStorage':{'recordingStorageKind':'fish'}}");

        assertEquals(false, start.pauseOnStart());
        assertEquals(null, start.connection());
        assertEquals(null, start.container());
        assertEquals(
                MIXED_WAV,
                preview(
                        ApiVersion.V2021_06_15_PREVIEW,
                        "{'recordingContentType':'audioVideo','recordingFormatType':'mp3'}"));
    }

    @Test
    void the2021DefaultOfMp4BecomesWav() throws Exception {
        assertEquals(MIXED_WAV, preview(ApiVersion.V2021_08_30_PREVIEW, "{}"));
        assertEquals(
                MIXED_WAV,
                preview(
                        ApiVersion.V2021_08_30_PREVIEW,
                        "{'recordingContentType':'audio','recordingFormatType':'mp4'}"));
        assertEquals(
                new RecordingFormat(ChannelType.MIXED, FileFormat.MP3),
                preview(ApiVersion.V2021_08_30_PREVIEW, "{'recordingFormatType':'mp3'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | Invalid callLocator: it is required",
                "{'callLocator':{'kind':'roomCallLocator','roomId':'1'}} | Invalid callLocator.kind: it must be serverCallLocator",
                "{'callLocator':{}} | Invalid callLocator.serverCallId: it is required",
                "{LOCATOR,'callConnectionId':'x'} | cannot be given beside callLocator",
                "{LOCATOR,'recordingContentType':'audioVideo'} | audio only",
                "{LOCATOR,'recordingFormatType':'mp4'} | audio only",
                "{LOCATOR,'recordingContentType':'smell'} | Invalid recordingContentType: it must be audio",
                "{LOCATOR,'recordingFormatType':'flac'} | Invalid recordingFormatType: it must be wav or mp3",
                "{LOCATOR,'recordingChannelType':'both'} | Invalid recordingChannelType: it must be mixed or unmixed",
                "{LOCATOR,'recordingChannelType':'unmixed','recordingFormatType':'mp3'} | must be wav when the channels are unmixed",
                "{LOCATOR,'recordingStateCallbackUri':'here'} | Invalid recordingStateCallbackUri",
                "{LOCATOR,'audioChannelParticipantOrdering':[{'rawId':'4:+1'}]} | needs recordingChannelType unmixed",
                "{LOCATOR,'recordingChannelType':'unmixed','channelAffinity':[{'channel':5,'participant':{'rawId':'4:+1'}}]} | Invalid channelAffinity[0].channel: it must be 0..4",
                "{LOCATOR,'recordingChannelType':'unmixed','channelAffinity':[{'participant':{'rawId':'4:+1'}}]} | Invalid channelAffinity[0].channel: it is required",
                "{LOCATOR,'recordingChannelType':'unmixed','channelAffinity':[{'channel':1,'participant':{'rawId':'4:+1'}},{'channel':1,'participant':{'rawId':'4:+2'}}]} | twice",
                "{LOCATOR,'recordingChannelType':'unmixed','audioChannelParticipantOrdering':[{'rawId':'4:+1'},{'rawId':'4:+1'}]} | twice",
                "{LOCATOR,'pauseOnStart':'yes'} | Invalid pauseOnStart: it must be true or false",
                "{LOCATOR,'externalStorage':{}} | Invalid externalStorage.recordingStorageKind: it is required",
                "{LOCATOR,'externalStorage':{'recordingStorageKind':'tape'}} | must be azureCommunicationServices or azureBlobStorage",
                "{LOCATOR,'externalStorage':{'recordingStorageKind':'AzureBlobStorage','recordingDestinationContainerUrl':'https://elsewhere.example/bucket'}} | is not in, or below, recordings.containers",
                "{LOCATOR,'externalStorage':{'recordingStorageKind':'AzureBlobStorage'}} | Invalid externalStorage.recordingDestinationContainerUrl: it is required",
            })
    void refusesWhatCannotBeRecorded(String body, String message) {
        assertRefused(
                message,
                endpoint(ApiOperation.START_RECORDING),
                ApiVersion.newest(),
                body.replace("LOCATOR", LOCATOR));
    }

    @Test
    void refusesVideoIn2021() {
        assertRefused(
                "audio only",
                endpoint(ApiOperation.PREVIEW_START_RECORDING),
                ApiVersion.V2021_08_30_PREVIEW,
                "{'recordingContentType':'audioVideo'}");
    }

    @Test
    void refusesCallsThatItNeverMade() {
        Refusal refusal =
                assertThrows(
                        Refusal.class,
                        () ->
                                start(
                                        ApiVersion.newest(),
                                        "{'callLocator':{'serverCallId':'AAAAAAAAAAAAAAAAAAAAAA'}}"));

        assertEquals(CallError.CALL_NOT_FOUND, refusal.error());
    }
}
