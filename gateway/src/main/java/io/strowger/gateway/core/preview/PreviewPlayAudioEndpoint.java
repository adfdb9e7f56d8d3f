package io.strowger.gateway.core.preview;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.call.PlaySource;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Set;

/// Plays one file to all.
public final class PreviewPlayAudioEndpoint implements Endpoint<OperationStarted> {
    private static final Set<String> SCHEMES = Set.of("http", "https", "file");

    @Override
    public ApiOperation operation() {
        return ApiOperation.PREVIEW_PLAY_AUDIO;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.Play(
                call.connection(),
                call.operationId(),
                source(body),
                List.of(),
                body.flag("loop", false),
                false,
                body.text("operationContext"),
                body.webUri("callbackUri"));
    }

    static List<PlaySource> source(Fields body) throws Refusal {
        URI file = body.uri("audioFileUri", SCHEMES);
        if (file == null) {
            throw body.invalid("audioFileUri", "is required");
        }
        return List.of(new PlaySource.FileSource(file, body.text("audioFileId")));
    }

    @Override
    public Class<OperationStarted> answers() {
        return OperationStarted.class;
    }

    @Override
    public ApiResponse response(ApiCall call, OperationStarted answer) {
        return new ApiResponse(202, OperationDialect.write(answer, "running"));
    }
}
