package io.strowger.gateway.core.api;

import static io.strowger.gateway.core.api.Bodies.assertRefused;
import static io.strowger.gateway.core.api.Bodies.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.call.SpokenInput.Choice;
import io.strowger.contracts.call.SpokenInput.Kind;
import io.strowger.gateway.core.current.RecognizeEndpoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Recognitions of speech and choices.
class SpokenBodiesTest {
    private static final String CHOICES =
            ",'choices':[{'label':'Confirm','phrases':['yes','that is right'],'tone':'one'},{'label':'Cancel','phrases':['no']}]";

    private static String body(String type, String options) {
        return "{'recognizeInputType':'"
                + type
                + "','recognizeOptions':{'targetParticipant':{'rawId':'4:+1'}"
                + options
                + "}}";
    }

    private static CallCommand.Recognize recognize(ApiVersion version, String type, String options)
            throws Exception {
        return assertInstanceOf(
                CallCommand.Recognize.class,
                read(new RecognizeEndpoint(), version, body(type, options)));
    }

    private static SpokenInput spoken(Kind kind, Duration endSilence, List<Choice> choices) {
        return new SpokenInput(kind, "en-US", endSilence, null, choices);
    }

    @Test
    void takesDefaultsForWhatIsNotSaid() throws Exception {
        CallCommand.Recognize speech = recognize(ApiVersion.V2023_10_15, "speech", "");

        assertEquals(spoken(Kind.SPEECH, Duration.ofMillis(500), List.of()), speech.spoken());
        assertEquals(Duration.ofSeconds(5), speech.dtmf().initialSilence());
        assertNull(recognize(ApiVersion.V2023_10_15, "dtmf", CHOICES).spoken());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "V202[3456].*")
    void knowsSpeechFrom20231015On(ApiVersion version) throws Exception {
        if (version == ApiVersion.V2023_03_06) {
            assertRefused(
                    "Invalid recognizeInputType: it must be dtmf",
                    new RecognizeEndpoint(),
                    version,
                    body("speech", ""));
        } else {
            assertEquals(Kind.SPEECH, assertSpoken(recognize(version, "speech", "")).kind());
        }
    }

    private static SpokenInput assertSpoken(CallCommand.Recognize recognize) {
        return assertInstanceOf(SpokenInput.class, recognize.spoken());
    }

    @Test
    void readsAllThatCanBeSaid() throws Exception {
        CallCommand.Recognize either =
                recognize(
                        ApiVersion.V2026_03_12,
                        "speechOrDtmf",
                        ",'speechLanguage':'de-CH','speechRecognitionModelEndpointId':'m-1','speechOptions':{'endSilenceTimeoutInMs':2000},"
                                + "'initialSilenceTimeoutInSeconds':300,'dtmfOptions':{'maxTonesToCollect':3}"
                                + CHOICES);

        assertEquals(
                new SpokenInput(
                        Kind.SPEECH_OR_DTMF, "de-CH", Duration.ofSeconds(2), "m-1", List.of()),
                either.spoken());
        assertEquals(3, either.dtmf().maxTones());
        assertEquals(Duration.ofSeconds(300), either.dtmf().initialSilence());
    }

    @Test
    void readsChoices() throws Exception {
        CallCommand.Recognize choices =
                recognize(
                        ApiVersion.V2026_03_12,
                        "choices",
                        ",'initialSilenceTimeoutInSeconds':20" + CHOICES);

        assertEquals(
                spoken(
                        Kind.CHOICES,
                        Duration.ofMillis(500),
                        List.of(
                                new Choice("Confirm", List.of("yes", "that is right"), Tone.ONE),
                                new Choice("Cancel", List.of("no"), null))),
                choices.spoken());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "speech | ,'initialSilenceTimeoutInSeconds':21 | Invalid recognizeOptions.initialSilenceTimeoutInSeconds: it must be 0..20",
                "speechOrDtmf | ,'initialSilenceTimeoutInSeconds':301 | it must be 0..300",
                "speech | ,'speechLanguage':'' | Invalid recognizeOptions.speechLanguage: it must be a language such as en-US",
                "speech | ,'speechLanguage':'../etc' | Invalid recognizeOptions.speechLanguage",
                "speech | ,'speechLanguage':7 | Invalid recognizeOptions.speechLanguage: it must be a string",
                "speech | ,'speechOptions':{'endSilenceTimeoutInMs':0} | Invalid recognizeOptions.speechOptions.endSilenceTimeoutInMs: it must be 1..60000",
                "speech | ,'speechOptions':{'endSilenceTimeoutInMs':9000000000} | it must be 1..60000",
                "speech | ,'speechOptions':[] | Invalid recognizeOptions.speechOptions: it must be an object",
                "choices | ,'choices':[] | Invalid recognizeOptions.choices: it must have 1..100 elements",
                "choices | ,'choices':[{'phrases':['a']}] | Invalid recognizeOptions.choices[0].label: it is required",
                "choices | ,'choices':[{'label':'A'}] | Invalid recognizeOptions.choices[0].phrases: it must have 1..100 elements",
                "choices | ,'choices':[{'label':'A','phrases':[' ']}] | it must have phrases of 1..500 characters",
                "choices | ,'choices':[{'label':'A','phrases':['\\uD800']}] | it must be well-formed Unicode",
                "choices | ,'choices':[{'label':'A','phrases':['a'],'tone':'star'}] | Invalid recognizeOptions.choices[0].tone: it must name a tone",
                "choices | ,'choices':[{'label':'A','phrases':['a'],'tone':'one'},{'label':'B','phrases':['b'],'tone':'one'}] | Invalid recognizeOptions.choices[1].tone: it must not be that of another choice",
            })
    void refusesWhatIsOutOfRange(String type, String options, String message) {
        assertRefused(
                message, new RecognizeEndpoint(), ApiVersion.V2026_03_12, body(type, options));
    }
}
