package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.FunctionEndpoint;
import io.strowger.gateway.core.api.Identifiers;
import io.strowger.gateway.core.api.Refusal;
import io.strowger.gateway.core.api.Tones;
import java.util.List;

/// One participant on hold, its keys, keys towards it.
public final class HoldAndToneEndpoints {
    private static final int MOST_TONES = 100;

    private HoldAndToneEndpoints() {}

    public static List<Endpoint<?>> all() {
        return List.of(
                FunctionEndpoint.silent(ApiOperation.HOLD, 200, HoldAndToneEndpoints::hold),
                FunctionEndpoint.silent(ApiOperation.UNHOLD, 200, HoldAndToneEndpoints::unhold),
                FunctionEndpoint.silent(
                        ApiOperation.START_CONTINUOUS_DTMF, 200, HoldAndToneEndpoints::start),
                FunctionEndpoint.silent(
                        ApiOperation.STOP_CONTINUOUS_DTMF, 200, HoldAndToneEndpoints::stop),
                ParticipantEndpoints.started(
                        ApiOperation.SEND_DTMF_TONES, 202, HoldAndToneEndpoints::send));
    }

    private static Identifier target(Fields body) throws Refusal {
        return Identifiers.read(body.requiredObject("targetParticipant"));
    }

    private static CallCommand hold(ApiCall call) throws Refusal {
        Fields body = call.fields();
        ApiVersion version = call.version();
        Fields music = body.object("playSourceInfo");
        return new CallCommand.Hold(
                call.connection(),
                call.operationId(),
                target(body),
                music == null ? null : PlaySources.read(version, music),
                body.text("operationContext"),
                OperationCallback.read(version, body));
    }

    private static CallCommand unhold(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.Unhold(
                call.connection(), target(body), body.text("operationContext"));
    }

    private static CallCommand start(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.StartContinuousDtmf(
                call.connection(),
                target(body),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    private static CallCommand stop(ApiCall call) throws Refusal {
        Fields body = call.fields();
        return new CallCommand.StopContinuousDtmf(
                call.connection(),
                target(body),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    private static CallCommand send(ApiCall call) throws Refusal {
        Fields body = call.fields();
        List<Tone> tones = Tones.read(body, "tones");
        if (tones.isEmpty() || tones.size() > MOST_TONES) {
            throw body.invalid("tones", "must have 1.." + MOST_TONES + " elements");
        }
        return new CallCommand.SendDtmfTones(
                call.connection(),
                call.operationId(),
                tones,
                target(body),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }
}
