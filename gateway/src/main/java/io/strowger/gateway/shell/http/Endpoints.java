package io.strowger.gateway.shell.http;

import io.strowger.contracts.call.CallCommand;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.FunctionEndpoint;
import io.strowger.gateway.core.current.CancelAllMediaEndpoint;
import io.strowger.gateway.core.current.CreateCallEndpoint;
import io.strowger.gateway.core.current.GetCallEndpoint;
import io.strowger.gateway.core.current.GetParticipantEndpoint;
import io.strowger.gateway.core.current.HoldAndToneEndpoints;
import io.strowger.gateway.core.current.IncomingCallEndpoints;
import io.strowger.gateway.core.current.ListParticipantsEndpoint;
import io.strowger.gateway.core.current.MediaStreaming;
import io.strowger.gateway.core.current.ParticipantEndpoints;
import io.strowger.gateway.core.current.PlayEndpoint;
import io.strowger.gateway.core.current.RecognizeEndpoint;
import io.strowger.gateway.core.current.RecordingEndpoints;
import io.strowger.gateway.core.current.Transcription;
import io.strowger.gateway.core.preview.PreviewCancelAllMediaEndpoint;
import io.strowger.gateway.core.preview.PreviewCreateCallEndpoint;
import io.strowger.gateway.core.preview.PreviewPeopleEndpoints;
import io.strowger.gateway.core.preview.PreviewPlayAudioEndpoint;
import io.strowger.gateway.core.preview.PreviewRecordingEndpoints;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The operations that are served. A new one is a class and a line here.
final class Endpoints {
    private static final Map<ApiOperation, Endpoint<?>> SERVED =
            byOperation(
                    PreviewPeopleEndpoints.all(),
                    IncomingCallEndpoints.all(),
                    ParticipantEndpoints.all(),
                    HoldAndToneEndpoints.all(),
                    MediaStreaming.all(),
                    Transcription.all(),
                    RecordingEndpoints.all(),
                    PreviewRecordingEndpoints.all(),
                    List.of(
                            new PreviewCreateCallEndpoint(),
                            FunctionEndpoint.silent(
                                    ApiOperation.PREVIEW_HANG_UP,
                                    202,
                                    call -> new CallCommand.HangUp(call.connection())),
                            new PreviewPlayAudioEndpoint(),
                            new PreviewCancelAllMediaEndpoint(),
                            new CreateCallEndpoint(),
                            new GetCallEndpoint(),
                            FunctionEndpoint.silent(
                                    ApiOperation.HANG_UP,
                                    204,
                                    call -> new CallCommand.HangUp(call.connection())),
                            FunctionEndpoint.silent(
                                    ApiOperation.TERMINATE,
                                    204,
                                    call -> new CallCommand.Terminate(call.connection())),
                            new PlayEndpoint(),
                            new RecognizeEndpoint(),
                            new CancelAllMediaEndpoint(),
                            new ListParticipantsEndpoint(),
                            new GetParticipantEndpoint()));

    private Endpoints() {}

    static Optional<Endpoint<?>> of(ApiOperation operation) {
        return Optional.ofNullable(SERVED.get(operation));
    }

    static Set<ApiOperation> served() {
        return SERVED.keySet();
    }

    @SafeVarargs
    private static Map<ApiOperation, Endpoint<?>> byOperation(List<Endpoint<?>>... groups) {
        Map<ApiOperation, Endpoint<?>> served = new EnumMap<>(ApiOperation.class);
        for (List<Endpoint<?>> endpoints : groups) {
            for (Endpoint<?> endpoint : endpoints) {
                if (served.put(endpoint.operation(), endpoint) != null) {
                    throw new IllegalStateException(endpoint.operation() + " has two endpoints");
                }
            }
        }
        return served;
    }
}
