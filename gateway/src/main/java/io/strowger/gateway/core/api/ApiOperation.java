package io.strowger.gateway.core.api;

import static io.strowger.contracts.api.ApiVersion.V2021_06_15_PREVIEW;
import static io.strowger.contracts.api.ApiVersion.V2023_03_06;
import static io.strowger.contracts.api.ApiVersion.V2023_10_15;
import static io.strowger.contracts.api.ApiVersion.V2024_09_15;
import static io.strowger.contracts.api.ApiVersion.V2025_05_15;
import static io.strowger.contracts.api.ApiVersion.V2026_03_12;

import io.strowger.contracts.api.ApiVersion;

/// Every operation that the two API lines know, served here or not. The names are labels of
/// metrics.
public enum ApiOperation {
    PREVIEW_CREATE_CALL(V2021_06_15_PREVIEW, "POST", "callConnections"),
    PREVIEW_HANG_UP(V2021_06_15_PREVIEW, "POST", Paths.CONNECTION + "/:hangup"),
    PREVIEW_PLAY_AUDIO(V2021_06_15_PREVIEW, "POST", Paths.CONNECTION + "/:playAudio"),
    PREVIEW_CANCEL_ALL_MEDIA(
            V2021_06_15_PREVIEW, "POST", Paths.CONNECTION + "/:cancelAllMediaOperations"),
    PREVIEW_ADD_PARTICIPANT(V2021_06_15_PREVIEW, "POST", Paths.CONNECTION + "/participants"),
    PREVIEW_REMOVE_PARTICIPANT(
            V2021_06_15_PREVIEW, "DELETE", Paths.CONNECTION + "/participants/{participantId}"),
    PREVIEW_JOIN_CALL(V2021_06_15_PREVIEW, "POST", Paths.CALL + "/:join"),
    PREVIEW_PLAY_AUDIO_IN_CALL(V2021_06_15_PREVIEW, "POST", Paths.CALL + "/:playAudio"),
    PREVIEW_ADD_PARTICIPANT_TO_CALL(V2021_06_15_PREVIEW, "POST", Paths.CALL + "/participants"),
    PREVIEW_REMOVE_PARTICIPANT_FROM_CALL(
            V2021_06_15_PREVIEW, "DELETE", Paths.CALL + "/participants/{participantId}"),
    PREVIEW_START_RECORDING(V2021_06_15_PREVIEW, "POST", Paths.CALL + "/recordings"),
    PREVIEW_GET_RECORDING(V2021_06_15_PREVIEW, "GET", Paths.CALL_RECORDING),
    PREVIEW_STOP_RECORDING(V2021_06_15_PREVIEW, "DELETE", Paths.CALL_RECORDING),
    PREVIEW_PAUSE_RECORDING(V2021_06_15_PREVIEW, "POST", Paths.CALL_RECORDING + "/:pause"),
    PREVIEW_RESUME_RECORDING(V2021_06_15_PREVIEW, "POST", Paths.CALL_RECORDING + "/:resume"),

    CREATE_CALL(V2023_03_06, "POST", "callConnections", true),
    ANSWER_CALL(V2023_03_06, "POST", "callConnections:answer", true),
    REDIRECT_CALL(V2023_03_06, "POST", "callConnections:redirect", true),
    REJECT_CALL(V2023_03_06, "POST", "callConnections:reject", true),
    CONNECT(V2024_09_15, "POST", "callConnections:connect", true),
    GET_CALL(V2023_03_06, "GET", Paths.CONNECTION),
    HANG_UP(V2023_03_06, "DELETE", Paths.CONNECTION),
    TERMINATE(V2023_03_06, "POST", Paths.CONNECTION + ":terminate", true),
    TRANSFER(V2023_03_06, "POST", Paths.CONNECTION + ":transferToParticipant", true),
    PLAY(V2023_03_06, "POST", Paths.CONNECTION + ":play"),
    CANCEL_ALL_MEDIA(V2023_03_06, "POST", Paths.CONNECTION + ":cancelAllMediaOperations"),
    RECOGNIZE(V2023_03_06, "POST", Paths.CONNECTION + ":recognize"),
    START_CONTINUOUS_DTMF(
            V2023_10_15, "POST", Paths.CONNECTION + ":startContinuousDtmfRecognition"),
    STOP_CONTINUOUS_DTMF(V2023_10_15, "POST", Paths.CONNECTION + ":stopContinuousDtmfRecognition"),
    SEND_DTMF_TONES(V2023_10_15, "POST", Paths.CONNECTION + ":sendDtmfTones", true),
    HOLD(V2024_09_15, "POST", Paths.CONNECTION + ":hold"),
    UNHOLD(V2024_09_15, "POST", Paths.CONNECTION + ":unhold"),
    START_MEDIA_STREAMING(V2025_05_15, "POST", Paths.CONNECTION + ":startMediaStreaming"),
    STOP_MEDIA_STREAMING(V2025_05_15, "POST", Paths.CONNECTION + ":stopMediaStreaming"),
    START_TRANSCRIPTION(V2025_05_15, "POST", Paths.CONNECTION + ":startTranscription"),
    STOP_TRANSCRIPTION(V2025_05_15, "POST", Paths.CONNECTION + ":stopTranscription"),
    UPDATE_TRANSCRIPTION(V2025_05_15, "POST", Paths.CONNECTION + ":updateTranscription"),
    LIST_PARTICIPANTS(V2023_03_06, "GET", Paths.CONNECTION + "/participants"),
    GET_PARTICIPANT(V2023_03_06, "GET", Paths.CONNECTION + "/participants/{participantRawId}"),
    ADD_PARTICIPANT(V2023_03_06, "POST", Paths.CONNECTION + "/participants:add", true),
    REMOVE_PARTICIPANT(V2023_03_06, "POST", Paths.CONNECTION + "/participants:remove", true),
    MUTE_PARTICIPANT(V2023_10_15, "POST", Paths.CONNECTION + "/participants:mute", true),
    CANCEL_ADD_PARTICIPANT(
            V2023_10_15, "POST", Paths.CONNECTION + "/participants:cancelAddParticipant", true),
    MOVE_PARTICIPANTS(V2026_03_12, "POST", Paths.CONNECTION + "/participants:moveHere", true),
    START_RECORDING(V2023_03_06, "POST", "recordings", true),
    GET_RECORDING(V2023_03_06, "GET", Paths.RECORDING),
    STOP_RECORDING(V2023_03_06, "DELETE", Paths.RECORDING),
    PAUSE_RECORDING(V2023_03_06, "POST", Paths.RECORDING + ":pause"),
    RESUME_RECORDING(V2023_03_06, "POST", Paths.RECORDING + ":resume");

    private final ApiVersion since;
    private final String method;
    private final PathTemplate template;
    private final boolean repeatable;

    ApiOperation(ApiVersion since, String method, String path) {
        this(since, method, path, false);
    }

    ApiOperation(ApiVersion since, String method, String path, boolean repeatable) {
        this.since = since;
        this.method = method;
        this.template = new PathTemplate("/calling/" + path);
        this.repeatable = repeatable;
    }

    /// The first version that has it; of the same line as all versions that have it.
    public ApiVersion since() {
        return since;
    }

    /// The HTTP method, in capitals.
    public String method() {
        return method;
    }

    public PathTemplate template() {
        return template;
    }

    /// Whether the Repeatability headers count.
    public boolean repeatable() {
        return repeatable;
    }

    private static final class Paths {
        static final String CONNECTION = "callConnections/{callConnectionId}";
        static final String CALL = "serverCalls/{serverCallId}";
        static final String CALL_RECORDING = CALL + "/recordings/{recordingId}";
        static final String RECORDING = "recordings/{recordingId}";
    }
}
