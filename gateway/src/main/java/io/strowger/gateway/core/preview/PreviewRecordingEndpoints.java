package io.strowger.gateway.core.preview;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.RecordingDescribed;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.FunctionEndpoint;
import io.strowger.gateway.core.api.RecordingFields;
import io.strowger.gateway.core.api.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Recordings of a call, by its `serverCallId`.
public final class PreviewRecordingEndpoints {
    private PreviewRecordingEndpoints() {}

    public static List<Endpoint<?>> all() {
        return List.of(
                new FunctionEndpoint<>(
                        ApiOperation.PREVIEW_START_RECORDING,
                        RecordingDescribed.class,
                        PreviewRecordingEndpoints::start,
                        (call, answer) ->
                                new ApiResponse(
                                        200, Map.of("recordingId", answer.recording().toString()))),
                new FunctionEndpoint<>(
                        ApiOperation.PREVIEW_GET_RECORDING,
                        RecordingDescribed.class,
                        call -> new CallCommand.DescribeRecording(call.recordingOfCall()),
                        (call, answer) ->
                                new ApiResponse(
                                        200,
                                        Map.of(
                                                "recordingState",
                                                answer.state().name().toLowerCase(Locale.ROOT)))),
                FunctionEndpoint.silent(
                        ApiOperation.PREVIEW_STOP_RECORDING,
                        200,
                        call -> new CallCommand.StopRecording(call.recordingOfCall())),
                FunctionEndpoint.silent(
                        ApiOperation.PREVIEW_PAUSE_RECORDING,
                        200,
                        call -> new CallCommand.PauseRecording(call.recordingOfCall())),
                FunctionEndpoint.silent(
                        ApiOperation.PREVIEW_RESUME_RECORDING,
                        200,
                        call -> new CallCommand.ResumeRecording(call.recordingOfCall())));
    }

    private static CallCommand start(ApiCall call) throws Refusal {
        ServerCallId server = call.serverCall();
        Fields body = call.optionalFields();
        return new CallCommand.StartRecording(
                server,
                null,
                call.operationId(),
                format(call.version(), body),
                List.of(),
                List.of(),
                false,
                body.webUri("recordingStateCallbackUri"),
                null);
    }

    /// The first version has no word for it.
    private static RecordingFormat format(ApiVersion version, Fields body) throws Refusal {
        if (!version.isAtLeast(ApiVersion.V2021_08_30_PREVIEW)) {
            return new RecordingFormat(ChannelType.MIXED, FileFormat.WAV);
        }
        RecordingFields.refuseVideo(body);
        ChannelType channels = RecordingFields.channelType(body);
        return new RecordingFormat(channels, RecordingFields.fileFormat(body, channels, true));
    }
}
