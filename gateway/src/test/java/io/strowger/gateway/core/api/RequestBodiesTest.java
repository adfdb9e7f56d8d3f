package io.strowger.gateway.core.api;

import static io.strowger.gateway.core.api.Bodies.CALL;
import static io.strowger.gateway.core.api.Bodies.assertRefused;
import static io.strowger.gateway.core.api.Bodies.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.PlaySource;
import io.strowger.gateway.core.current.CreateCallEndpoint;
import io.strowger.gateway.core.current.PlayEndpoint;
import io.strowger.gateway.core.current.RecognizeEndpoint;
import io.strowger.gateway.core.preview.PreviewCreateCallEndpoint;
import io.strowger.gateway.core.preview.PreviewPlayAudioEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What bodies become, and which are refused with what. JSON stands in single quotes.
class RequestBodiesTest {
    private static final String CREATE =
            "{'targets':[TARGET],'sourceCallerIdNumber':{'value':'+15550100000'},'callbackUri':'https://app.example/e'MORE}";
    private static final String PHONE = "{'rawId':'4:+15550100001'}";
    private static final String PREVIEW =
            "{'source':{'communicationUser':{'id':'8:acs:a_b'}},'targets':[{'phoneNumber':{'value':'+15550100001'}}],'callbackUri':'https://app.example/e'MORE}";
    private static final String RECOGNIZE =
            "{'recognizeInputType':'dtmf','recognizeOptions':{'targetParticipant':{'rawId':'4:+1'}OPTIONS}MORE}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[] | must be a JSON object",
                "{'targets':null,'callbackUri':'https://a.example'} | Invalid targets: it is required",
                "{'targets':[],'callbackUri':'https://a.example'} | Invalid targets: it must have 1..350",
                "{'targets':{},'callbackUri':'https://a.example'} | Invalid targets: it must be an array",
                "{'targets':[null],'callbackUri':'https://a.example'} | Invalid targets[0]: it must be an object",
                "{'targets':['4:+1'],'callbackUri':'https://a.example'} | Invalid targets[0]: it must be an object",
                "{'targets':[{}],'callbackUri':'https://a.example'} | Invalid targets[0].rawId: it is required",
                "{'targets':[{'rawId':'8:orgid:x'}],'callbackUri':'https://a.example'} | Invalid targets[0].rawId: it must be a phone number or",
                "{'targets':[{'rawId':'4:anonymous'}],'callbackUri':'https://a.example'} | Invalid targets[0].rawId: it must be a phone number or",
                "{'targets':[{'rawId':'4:+1;x=y@evil'}],'callbackUri':'https://a.example'} | Invalid targets[0].rawId: it must be a phone number or",
                "{'targets':[{'rawId':'4:+1','phoneNumber':{'value':'+2'}}],'callbackUri':'https://a.example'} | Invalid targets[0].rawId: it does not agree",
                "{'targets':[{'kind':'communicationUser','phoneNumber':{'value':'+2'}}],'callbackUri':'https://a.example'} | Invalid targets[0].kind: it does not agree",
                "{'targets':[{'phoneNumber':{'value':'+2'},'communicationUser':{'id':'8:acs:a_b'}}],'callbackUri':'https://a.example'} | Invalid targets[0].phoneNumber: it cannot stand beside",
                "{'targets':[{'phoneNumber':{}}],'callbackUri':'https://a.example'} | Invalid targets[0].phoneNumber.value: it is required",
                "{'targets':[{'phoneNumber':{'value':15550100001}}],'callbackUri':'https://a.example'} | Invalid targets[0].phoneNumber.value: it must be a string",
                "{'targets':[{'rawId':'4:+15550100001'}],'callbackUri':'https://a.example'} | Invalid sourceCallerIdNumber: it is required where",
                "{'targets':[{'rawId':'4:+1'}],'sourceCallerIdNumber':'+1','callbackUri':'https://a.example'} | Invalid sourceCallerIdNumber: it must be an object",
                "{'targets':[{'rawId':'4:+1'}],'sourceCallerIdNumber':{'value':'Bob'},'callbackUri':'https://a.example'} | Invalid sourceCallerIdNumber.value: it must be a phone number",
            })
    void refusesWhomNobodyCanCall(String body, String message) {
        assertRefused(message, new CreateCallEndpoint(), ApiVersion.V2026_03_12, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'callbackUri':null | is required",
                "'callbackUri':'' | must not be blank",
                "'callbackUri':7 | must be a string",
                "'callbackUri':'/events' | must be an absolute URL (http, https)",
                "'callbackUri':'app.example/e' | must be an absolute URL",
                "'callbackUri':'ftp://app.example/e' | must be an absolute URL",
                "'callbackUri':'file:///etc/passwd' | must be an absolute URL",
                "'callbackUri':'https:///e' | must be an absolute URL",
                "'callbackUri':'https://app.example/{id}' | is no URL",
                "'callbackUri':'javascript:alert(1)' | must be an absolute URL",
            })
    void refusesCallbacksThatAreNoAbsoluteWebAddress(String callback, String message) {
        String body = "{'targets':[{'rawId':'8:acs:a_b'}]," + callback + "}";

        assertRefused(
                "Invalid callbackUri: it " + message,
                new CreateCallEndpoint(),
                ApiVersion.V2023_03_06,
                body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                ",'sourceDisplayName':{} | Invalid sourceDisplayName: it must be a string",
                ",'operationContext':'\\ud800' | Invalid operationContext: it must be well-formed Unicode",
                ",'source':{} | Invalid source.id: it is required",
                ",'mediaStreamingOptions':{} | Invalid mediaStreamingOptions.transportType: it must be websocket",
                ",'transcriptionOptions':{} | Invalid transcriptionOptions.transportType: it must be websocket",
                ",'teamsAppSource':{} | teamsAppSource is not supported by this version",
            })
    void refusesOtherFieldsOfTheWrongKind(String more, String message) {
        assertRefused(
                message, new CreateCallEndpoint(), ApiVersion.V2026_03_12, create(PHONE, more));
    }

    @Test
    void passesOverFieldsThatTheVersionDoesNotKnow() throws Exception {
        CallCommand.CreateCall create =
                (CallCommand.CreateCall)
                        read(
                                new CreateCallEndpoint(),
                                ApiVersion.V2023_03_06,
                                create(PHONE, ",'mediaStreamingOptions':{},'whatever':[1]"));

        assertEquals(List.of(new Identifier.PhoneNumber("+15550100001")), create.targets());
        assertNull(create.source());
        assertEquals(CALL.connection(1), create.connection());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'rawId':'4:+15550100001'} | PhoneNumber[value=+15550100001]",
                "{'kind':'phoneNumber','rawId':'4:+15550100001','phoneNumber':{'value':'+15550100001'}} | PhoneNumber[value=+15550100001]",
                "{'phoneNumber':{'value':'+15550100001','isAnonymous':false}} | PhoneNumber[value=+15550100001]",
                "{'rawId':'8:acs:a_b'} | CommunicationUser[id=8:acs:a_b]",
                "{'communicationUser':{'id':'8:acs:a_b'}} | CommunicationUser[id=8:acs:a_b]",
            })
    void readsEveryFormOfAnIdentifier(String target, String identifier) throws Exception {
        CallCommand.CreateCall create =
                (CallCommand.CreateCall)
                        read(new CreateCallEndpoint(), ApiVersion.V2026_03_12, create(target, ""));

        assertEquals(identifier, create.targets().getFirst().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "2026-03-12 | {} | Invalid playSources: it is required",
                "2026-03-12 | {'playSources':[]} | Invalid playSources: it must have 1..100",
                "2026-03-12 | {'playSources':[{}]} | Invalid playSources[0].kind: it is required",
                "2026-03-12 | {'playSources':[{'kind':'File','file':{'uri':'http://a.example'}}]} | Invalid playSources[0].kind: it must be file, text or ssml",
                "2026-03-12 | {'playSources':[{'kind':'file'}]} | Invalid playSources[0].file: it is required",
                "2026-03-12 | {'playSources':[{'kind':'file','file':{'uri':'gopher://a.example'}}]} | Invalid playSources[0].file.uri: it must be an absolute URL (file, http, https)",
                "2023-03-06 | {'playSources':[{'kind':'text','text':{'text':'hi'}}]} | Invalid playSources[0].kind: it must be file",
                "2023-10-15 | {'playSources':[{'kind':'text','text':{'text':''}}]} | Invalid playSources[0].text.text: it must not be blank",
                "2023-10-15 | {'playSources':[{'kind':'ssml','ssml':{}}]} | Invalid playSources[0].ssml.ssmlText: it is required",
                "2026-03-12 | {'playSources':[{'kind':'file','file':{'uri':'http://a.example'}}],'playTo':'all'} | Invalid playTo: it must be an array",
                "2026-03-12 | {'playSources':[{'kind':'file','file':{'uri':'http://a.example'}}],'playOptions':{'loop':'yes'}} | Invalid playOptions.loop: it must be true or false",
                "2026-03-12 | {'playSources':[{'kind':'file','file':{'uri':'http://a.example'}}],'operationCallbackUri':'x'} | Invalid operationCallbackUri: it must be an absolute URL",
            })
    void refusesWhatCannotBePlayed(String version, String body, String message) {
        assertRefused(message, new PlayEndpoint(), ApiVersion.parse(version).orElseThrow(), body);
    }

    @Test
    void readsPlayFieldsOfTheVersionAndNoNewerOnes() throws Exception {
        String body =
                "{'playSources':[{'kind':'file','playSourceCacheId':'c','file':{'uri':'http://a.example/a.wav'}}],'playTo':[],'playOptions':{'loop':true},'interruptCallMediaOperation':true,'operationCallbackUri':'http://b.example/'}";

        CallCommand.Play old =
                (CallCommand.Play) read(new PlayEndpoint(), ApiVersion.V2023_03_06, body);
        CallCommand.Play now =
                (CallCommand.Play) read(new PlayEndpoint(), ApiVersion.V2024_09_15, body);

        assertTrue(old.loop());
        assertTrue(!old.interrupt() && old.operationCallbackUri() == null);
        assertTrue(now.interrupt());
        assertEquals("http://b.example/", String.valueOf(now.operationCallbackUri()));
        assertEquals("c", ((PlaySource.FileSource) now.sources().getFirst()).cacheId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                ",'initialSilenceTimeoutInSeconds':301 | Invalid recognizeOptions.initialSilenceTimeoutInSeconds: it must be 0..300",
                ",'initialSilenceTimeoutInSeconds':-1 | Invalid recognizeOptions.initialSilenceTimeoutInSeconds: it must be 0..300",
                ",'initialSilenceTimeoutInSeconds':1e99 | must be 0..300",
                ",'initialSilenceTimeoutInSeconds':99999999999999999999 | must be 0..300",
                ",'initialSilenceTimeoutInSeconds':1.5 | must be a whole number",
                ",'initialSilenceTimeoutInSeconds':'5' | must be a whole number",
                ",'dtmfOptions':{'interToneTimeoutInSeconds':0} | Invalid recognizeOptions.dtmfOptions.interToneTimeoutInSeconds: it must be 1..60",
                ",'dtmfOptions':{'interToneTimeoutInSeconds':61} | must be 1..60",
                ",'dtmfOptions':{'maxTonesToCollect':0} | Invalid recognizeOptions.dtmfOptions.maxTonesToCollect: it must be at least 1",
                ",'dtmfOptions':{'stopTones':['star']} | Invalid recognizeOptions.dtmfOptions.stopTones: it must name tones",
                ",'dtmfOptions':{'stopTones':[1]} | must be an array of strings",
                ",'dtmfOptions':[] | Invalid recognizeOptions.dtmfOptions: it must be an object",
                ",'interruptPrompt':1 | Invalid recognizeOptions.interruptPrompt: it must be true or false",
            })
    void refusesRecognizeOptionsOutOfRange(String options, String message) {
        assertRefused(
                message,
                new RecognizeEndpoint(),
                ApiVersion.V2026_03_12,
                RECOGNIZE.replace("OPTIONS", options).replace("MORE", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "2023-03-06,speech,must be dtmf",
        "2023-03-06,telepathy,must be dtmf",
        "2026-03-12,telepathy,'must be dtmf, speech, speechOrDtmf or choices'",
        "2026-03-12,choices,Invalid recognizeOptions.choices: it is required",
    })
    void refusesInputThatTheVersionHasNot(String version, String type, String message) {
        assertRefused(
                message,
                new RecognizeEndpoint(),
                ApiVersion.parse(version).orElseThrow(),
                RECOGNIZE.replace("dtmf", type).replace("OPTIONS", "").replace("MORE", ""));
    }

    @Test
    void recognizesWithTheDefaultsOfTheContract() throws Exception {
        CallCommand.Recognize bare = recognize("", "");
        CallCommand.Recognize full =
                recognize(
                        ",'interruptPrompt':false,'initialSilenceTimeoutInSeconds':0,'dtmfOptions':{'interToneTimeoutInSeconds':60,'maxTonesToCollect':4,'stopTones':['pound','nine']}",
                        ",'interruptCallMediaOperation':false,'playPrompts':[{'kind':'text','text':{'text':'hi'}}]");

        assertEquals(
                new CallCommand.DtmfOptions(
                        Duration.ofSeconds(5), Duration.ofSeconds(2), null, Set.of()),
                bare.dtmf());
        assertTrue(bare.interruptPrompt() && bare.interrupt() && bare.prompts().isEmpty());
        assertEquals(
                new CallCommand.DtmfOptions(
                        Duration.ZERO, Duration.ofSeconds(60), 4, Set.of(Tone.POUND, Tone.NINE)),
                full.dtmf());
        assertTrue(!full.interruptPrompt() && !full.interrupt());
        assertInstanceOf(PlaySource.TextSource.class, full.prompts().getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                ",'requestedMediaTypes':['video'] | requestedMediaTypes video is not supported",
                ",'requestedMediaTypes':['smell'] | Invalid requestedMediaTypes: it must name",
                ",'requestedCallEvents':['all'] | Invalid requestedCallEvents: it must name",
                ",'alternateCallerId':{} | Invalid alternateCallerId.value: it is required",
            })
    void refusesWhatThe2021LineHasNot(String more, String message) {
        assertRefused(
                message,
                new PreviewCreateCallEndpoint(),
                ApiVersion.V2021_08_30_PREVIEW,
                PREVIEW.replace("MORE", more));
    }

    @Test
    void needsASourceAndAFileInThe2021Line() {
        assertRefused(
                "Invalid source: it is required",
                new PreviewCreateCallEndpoint(),
                ApiVersion.V2021_06_15_PREVIEW,
                PREVIEW.replace("'source'", "'sauce'").replace("MORE", ""));
        assertRefused(
                "Invalid audioFileUri: it is required",
                new PreviewPlayAudioEndpoint(),
                ApiVersion.V2021_06_15_PREVIEW,
                "{}");
    }

    private static CallCommand.Recognize recognize(String options, String more) throws Exception {
        return (CallCommand.Recognize)
                read(
                        new RecognizeEndpoint(),
                        ApiVersion.V2026_03_12,
                        RECOGNIZE.replace("OPTIONS", options).replace("MORE", more));
    }

    private static String create(String target, String more) {
        return CREATE.replace("TARGET", target).replace("MORE", more);
    }
}
