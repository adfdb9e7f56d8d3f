package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.stream.TranscriptionOptions;
import io.strowger.contracts.stream.TranscriptionSpec;
import io.strowger.contracts.stream.TranscriptionSubscription;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.FunctionEndpoint;
import io.strowger.gateway.core.api.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people say in a call, written down for its application; from 2025-05-15 on.
public final class Transcription {
    private Transcription() {}

    public static List<Endpoint<?>> all() {
        return List.of(
                FunctionEndpoint.silent(
                        ApiOperation.START_TRANSCRIPTION, 202, Transcription::start),
                FunctionEndpoint.silent(
                        ApiOperation.UPDATE_TRANSCRIPTION, 202, Transcription::update),
                FunctionEndpoint.silent(ApiOperation.STOP_TRANSCRIPTION, 202, Transcription::stop));
    }

    private static CallCommand start(ApiCall call) throws Refusal {
        Fields body = call.optionalFields();
        return new CallCommand.StartTranscription(
                call.connection(),
                locale(body),
                model(body),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    private static CallCommand update(ApiCall call) throws Refusal {
        Fields body = call.optionalFields();
        String locale = locale(body);
        String model = model(body);
        if (locale == null && model == null) {
            throw body.invalid("locale", "is required");
        }
        return new CallCommand.UpdateTranscription(
                call.connection(),
                locale,
                model,
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    private static CallCommand stop(ApiCall call) throws Refusal {
        Fields body = call.optionalFields();
        return new CallCommand.StopTranscription(
                call.connection(),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    /// `transcriptionOptions` of a request that brings an application into a call.
    ///
    /// @return null: there are none, or the version does not know them
    static @Nullable TranscriptionOptions options(ApiVersion version, Fields body) throws Refusal {
        Fields options = StreamFields.options(version, body, "transcriptionOptions");
        if (options == null) {
            return null;
        }
        options.requiredText("locale");
        String locale = locale(options);
        if (locale == null) {
            throw options.invalid("locale", "is required");
        }
        return new TranscriptionOptions(
                new TranscriptionSpec(
                        StreamFields.url(options),
                        locale,
                        model(options),
                        options.flag("enableIntermediateResults", false)),
                options.flag("startTranscription", false));
    }

    private static @Nullable String locale(Fields fields) throws Refusal {
        String locale = given(fields, "locale");
        if (locale != null && !TranscriptionSpec.isLocale(locale)) {
            throw fields.invalid("locale", "must be a language with a region, such as en-US");
        }
        return locale;
    }

    private static @Nullable String model(Fields fields) throws Refusal {
        return given(fields, "speechModelEndpointId");
    }

    /// The SDKs send empty text for what nobody gave.
    private static @Nullable String given(Fields fields, String name) throws Refusal {
        String text = fields.text(name);
        return text == null || text.isBlank() ? null : text;
    }

    /// `transcriptionSubscription`.
    static Map<String, Object> write(TranscriptionSubscription subscription) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", subscription.id().toString());
        json.put("state", subscription.active() ? "active" : "inactive");
        json.put(
                "subscribedResultTypes",
                subscription.intermediateResults()
                        ? List.of("final", "intermediate")
                        : List.of("final"));
        json.put("locale", subscription.locale());
        return json;
    }
}
