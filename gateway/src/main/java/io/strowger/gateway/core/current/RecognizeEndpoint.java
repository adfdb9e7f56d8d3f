package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.call.SpokenInput.Kind;
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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plays prompts, then collects tones or listens.
public final class RecognizeEndpoint implements Endpoint<Answer> {
    private static final int MOST_PROMPTS = 100;
    private static final int INITIAL_SILENCE_S = 5;
    private static final int LONGEST_SILENCE_S = 300;
    private static final int INTER_TONE_S = 2;

    @Override
    public ApiOperation operation() {
        return ApiOperation.RECOGNIZE;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        Fields body = call.fields();
        ApiVersion version = call.version();
        Optional<Kind> spoken = spoken(version, body);
        Fields options = body.requiredObject("recognizeOptions");
        return new CallCommand.Recognize(
                call.connection(),
                call.operationId(),
                Identifiers.read(options.requiredObject("targetParticipant")),
                prompts(version, body),
                options.flag("interruptPrompt", true),
                body.flag("interruptCallMediaOperation", true),
                dtmf(options, spoken.map(SpokenInputs::longestSilenceS).orElse(LONGEST_SILENCE_S)),
                spoken.isEmpty() ? null : SpokenInputs.read(spoken.get(), options),
                body.text("operationContext"),
                OperationCallback.read(version, body));
    }

    /// @return empty: tones alone
    private static Optional<Kind> spoken(ApiVersion version, Fields body) throws Refusal {
        String type = body.requiredText("recognizeInputType");
        if (type.equals("dtmf")) {
            return Optional.empty();
        }
        if (!version.isAtLeast(ApiVersion.V2023_10_15)) {
            throw body.invalid("recognizeInputType", "must be dtmf");
        }
        return Optional.of(
                switch (type) {
                    case "speech" -> Kind.SPEECH;
                    case "speechOrDtmf" -> Kind.SPEECH_OR_DTMF;
                    case "choices" -> Kind.CHOICES;
                    default ->
                            throw body.invalid(
                                    "recognizeInputType",
                                    "must be dtmf, speech, speechOrDtmf or choices");
                });
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

    private static DtmfOptions dtmf(Fields options, int longestSilenceS) throws Refusal {
        Integer silence = options.integer("initialSilenceTimeoutInSeconds", 0, longestSilenceS);
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
