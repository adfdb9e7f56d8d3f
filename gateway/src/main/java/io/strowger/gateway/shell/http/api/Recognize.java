package io.strowger.gateway.shell.http.api;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.OperationId;
import io.strowger.gateway.shell.http.json.Fields;
import io.strowger.gateway.shell.http.json.Identifiers;
import io.strowger.gateway.shell.http.json.Refusal;
import io.strowger.gateway.shell.http.json.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// `POST /calling/callConnections/{id}:recognize`, for tones.
public final class Recognize implements Operation {
    private static final int INITIAL_SILENCE_S = 5;
    private static final int INTER_TONE_S = 2;
    private static final int MAX_WORD = 64;
    private static final int MOST_TONES = 1000;

    @Override
    public CallCommand command(ApiRequest request) throws Refusal {
        Fields body = Fields.of(request.body());
        String type = body.text("recognizeInputType", MAX_WORD);
        if (!type.equals("dtmf")) {
            throw switch (type) {
                case "speech", "speechOrDtmf", "choices" ->
                        body.wrong(
                                "recognizeInputType",
                                "is '" + type + "': this version of Strowger recognizes dtmf");
                default -> body.wrong("recognizeInputType", "must be 'dtmf'");
            };
        }
        Fields options = body.object("recognizeOptions");
        return new CallCommand.Recognize(
                request.connection(),
                new OperationId(request.randomId().get()),
                Identifiers.read(options.object("targetParticipant")),
                prompts(request, body),
                options.flag("interruptPrompt", true),
                body.flag("interruptCallMediaOperation", true),
                dtmf(options),
                body.optionalText("operationContext", CreateCall.MAX_CONTEXT),
                Play.operationCallback(request, body));
    }

    private static List<PlaySource> prompts(ApiRequest request, Fields body) throws Refusal {
        List<PlaySource> prompts = new ArrayList<>();
        Fields one = body.optionalObject("playPrompt");
        if (one != null) {
            prompts.add(PlaySources.read(one, request.version()));
        }
        if (request.version().isAtLeast(ApiVersion.V2024_09_15)) {
            prompts.addAll(PlaySources.readAll(body, "playPrompts", request.version()));
        }
        return prompts;
    }

    private static DtmfOptions dtmf(Fields options) throws Refusal {
        Integer silence = options.integer("initialSilenceTimeoutInSeconds", 0, 300);
        Integer interTone = null;
        Integer most = null;
        Set<Tone> stops = EnumSet.noneOf(Tone.class);
        Fields dtmf = options.optionalObject("dtmfOptions");
        if (dtmf != null) {
            interTone = dtmf.integer("interToneTimeoutInSeconds", 1, 60);
            most = dtmf.integer("maxTonesToCollect", 1, MOST_TONES);
            for (String word : dtmf.texts("stopTones", Tone.values().length)) {
                stops.add(Words.tone(dtmf, "stopTones", word));
            }
        }
        return new DtmfOptions(
                Duration.ofSeconds(silence == null ? INITIAL_SILENCE_S : silence),
                Duration.ofSeconds(interTone == null ? INTER_TONE_S : interTone),
                most,
                stops);
    }

    @Override
    public ApiResponse response(ApiRequest request, CallCommand command, Answer answer) {
        return ApiResponse.empty(202);
    }
}
