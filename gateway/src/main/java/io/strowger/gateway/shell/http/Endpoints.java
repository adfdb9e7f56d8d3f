package io.strowger.gateway.shell.http;

import static io.strowger.contracts.api.ApiVersion.V2021_06_15_PREVIEW;
import static io.strowger.contracts.api.ApiVersion.V2023_03_06;

import io.strowger.gateway.shell.http.api.CancelAllMedia;
import io.strowger.gateway.shell.http.api.CreateCall;
import io.strowger.gateway.shell.http.api.EndCall;
import io.strowger.gateway.shell.http.api.GetCall;
import io.strowger.gateway.shell.http.api.Participants;
import io.strowger.gateway.shell.http.api.Play;
import io.strowger.gateway.shell.http.api.Preview2021;
import io.strowger.gateway.shell.http.api.Recognize;
import java.util.List;
import java.util.regex.Pattern;

/// Every address of the API, and those of the contract that are not served yet.
final class Endpoints {
    private static final String CALLS = "/calling/callConnections";
    private static final String CALL = CALLS + "/{callConnectionId}";

    /// The more special before the more general.
    static final List<Endpoint> ALL =
            List.of(
                    Endpoint.of("createCall", "POST", CALLS, V2023_03_06, new CreateCall()),
                    Endpoint.of("play", "POST", CALL + ":play", V2023_03_06, new Play()),
                    Endpoint.of(
                            "recognize", "POST", CALL + ":recognize", V2023_03_06, new Recognize()),
                    Endpoint.of(
                            "cancelAllMediaOperations",
                            "POST",
                            CALL + ":cancelAllMediaOperations",
                            V2023_03_06,
                            new CancelAllMedia()),
                    Endpoint.of(
                            "terminateCall",
                            "POST",
                            CALL + ":terminate",
                            V2023_03_06,
                            EndCall.terminate()),
                    Endpoint.of(
                            "listParticipants",
                            "GET",
                            CALL + "/participants",
                            V2023_03_06,
                            new Participants.ListAll()),
                    Endpoint.of(
                            "getParticipant",
                            "GET",
                            CALL + "/participants/{participantRawId}",
                            V2023_03_06,
                            new Participants.GetOne()),
                    Endpoint.of("getCall", "GET", CALL, V2023_03_06, new GetCall()),
                    Endpoint.of("hangUpCall", "DELETE", CALL, V2023_03_06, EndCall.hangUp(204)),
                    Endpoint.of(
                            "createCall2021",
                            "POST",
                            CALLS,
                            V2021_06_15_PREVIEW,
                            new Preview2021.Create()),
                    Endpoint.of(
                            "hangUp2021",
                            "POST",
                            CALL + "/:hangup",
                            V2021_06_15_PREVIEW,
                            EndCall.hangUp(202)),
                    Endpoint.of(
                            "playAudio2021",
                            "POST",
                            CALL + "/:playAudio",
                            V2021_06_15_PREVIEW,
                            new Preview2021.PlayAudio()),
                    Endpoint.of(
                            "cancelAllMediaOperations2021",
                            "POST",
                            CALL + "/:cancelAllMediaOperations",
                            V2021_06_15_PREVIEW,
                            new Preview2021.CancelAllMediaOperations()));

    /// Operations that the contract knows and this version of Strowger does not serve.
    private static final List<Pattern> NOT_SERVED =
            List.of(
                    Pattern.compile(CALLS + ":(answer|redirect|reject|connect)"),
                    Pattern.compile(
                            CALLS
                                    + "/[^/]+:(transferToParticipant|startContinuousDtmfRecognition"
                                    + "|stopContinuousDtmfRecognition|sendDtmfTones|hold|unhold"
                                    + "|startMediaStreaming|stopMediaStreaming|startTranscription"
                                    + "|stopTranscription|updateTranscription)"),
                    Pattern.compile(
                            CALLS
                                    + "/[^/]+/participants(:(add|remove|mute|cancelAddParticipant"
                                    + "|moveHere)|/[^/]+)?"),
                    Pattern.compile("/calling/recordings(/.*)?"),
                    Pattern.compile("/calling/serverCalls/.*"));

    private Endpoints() {}

    static boolean isKnownButNotServed(String rawPath) {
        return NOT_SERVED.stream().anyMatch(pattern -> pattern.matcher(rawPath).matches());
    }
}
