package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.PlaySource;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Identifiers;
import io.strowger.gateway.core.api.Refusal;
import io.strowger.gateway.core.api.Tones;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plays prompts and collects tones. Speech and choices are refused.
public final class RecognizeEndpoint implements Endpoint<Answer> {
    private static final Set<String> LATER = Set.of("speech", "speechOrDtmf", "choices");
    private static final int MOST_PROMPTS = 100;
    private static final int INITIAL_SILENCE_S = 5;
    private static final int INTER_TONE_S = 2;

    @Override
    public ApiOperation operation() {
        return ApiOperation.RECOGNIZE;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        Fields body = call.fields();
        ApiVersion version = call.version();
        refuseOtherInput(version, body);
        Fields options = body.requiredObject("recognizeOptions");
        return new CallCommand.Recognize(
                call.connection(),
                call.operationId(),
                Identifiers.read(options.requiredObject("targetParticipant")),
                prompts(version, body),
                options.flag("interruptPrompt", true),
                body.flag("interruptCallMediaOperation", true),
                dtmf(options),
                body.text("operationContext"),
                OperationCallback.read(version, body));
    }

    private static void refuseOtherInput(ApiVersion version, Fields body) throws Refusal {
        String type = body.requiredText("recognizeInputType");
        if (type.equals("dtmf")) {
            return;
        }
        if (version.isAtLeast(ApiVersion.V2023_10_15) && LATER.contains(type)) {
            throw Refusal.unsupported("recognizeInputType " + type);
        }
        throw body.invalid(
                "recognizeInputType",
                version.isAtLeast(ApiVersion.V2023_10_15)
                        ? "must be dtmf, speech, speechOrDtmf or choices"
                        : "must be dtmf");
    }

    private static List<PlaySource> prompts(ApiVersion version, Fields body) throws Refusal {
        if (version.isAtLeast(ApiVersion.V2024_09_15)) {
            List<Fields> prompts = body.objects("playPrompts");
            if (prompts.size() > MOST_PROMPTS) {
                throw body.invalid("playPrompts", "must have at most 100 elements");
            }
            if (!prompts.isEmpty()) {
                return PlaySources.read(version, prompts);
            }
        }
        Fields prompt = body.object("playPrompt");
        return prompt == null ? List.of() : List.of(PlaySources.read(version, prompt));
    }

    private static DtmfOptions dtmf(Fields options) throws Refusal {
        Integer silence = options.integer("initialSilenceTimeoutInSeconds", 0, 300);
        Duration initialSilence = seconds(silence, INITIAL_SILENCE_S);
        Fields dtmf = options.object("dtmfOptions");
        if (dtmf == null) {
            return new DtmfOptions(
                    initialSilence, Duration.ofSeconds(INTER_TONE_S), null, Set.of());
        }
        return new DtmfOptions(
                initialSilence,
                seconds(dtmf.integer("interToneTimeoutInSeconds", 1, 60), INTER_TONE_S),
                dtmf.integer("maxTonesToCollect", 1, Integer.MAX_VALUE),
                Set.copyOf(Tones.read(dtmf, "stopTones")));
    }

    private static Duration seconds(@Nullable Integer given, int otherwise) {
        return Duration.ofSeconds(Objects.requireNonNullElse(given, otherwise));
    }

    @Override
    public Class<Answer> answers() {
        return Answer.class;
    }

    @Override
    public ApiResponse response(ApiCall call, Answer answer) {
        return ApiResponse.empty(202);
    }
}
