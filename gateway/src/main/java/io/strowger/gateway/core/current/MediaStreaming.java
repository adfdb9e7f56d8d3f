package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.stream.StreamOptions;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamSpec.Channels;
import io.strowger.contracts.stream.StreamSpec.Format;
import io.strowger.contracts.stream.StreamSubscription;
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

/// The audio of a call streamed to its application; from 2025-05-15 on. Words count in letters of
/// either case: the SDKs differ.
public final class MediaStreaming {
    private MediaStreaming() {}

    public static List<Endpoint<?>> all() {
        return List.of(
                FunctionEndpoint.silent(
                        ApiOperation.START_MEDIA_STREAMING, 202, MediaStreaming::start),
                FunctionEndpoint.silent(
                        ApiOperation.STOP_MEDIA_STREAMING, 202, MediaStreaming::stop));
    }

    private static CallCommand start(ApiCall call) throws Refusal {
        Fields body = call.optionalFields();
        return new CallCommand.StartStreaming(
                call.connection(),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    private static CallCommand stop(ApiCall call) throws Refusal {
        Fields body = call.optionalFields();
        return new CallCommand.StopStreaming(
                call.connection(),
                body.text("operationContext"),
                OperationCallback.read(call.version(), body));
    }

    /// `mediaStreamingOptions` of a request that brings an application into a call.
    ///
    /// @return null: there are none, or the version does not know them
    static @Nullable StreamOptions options(ApiVersion version, Fields body) throws Refusal {
        Fields options = StreamFields.options(version, body, "mediaStreamingOptions");
        if (options == null) {
            return null;
        }
        String content = StreamFields.word(options, "contentType");
        if (content != null && !content.equals("audio")) {
            throw options.invalid("contentType", "must be audio");
        }
        return new StreamOptions(
                new StreamSpec(
                        StreamFields.url(options),
                        channels(options),
                        format(options),
                        options.flag("enableBidirectional", false),
                        options.flag("enableDtmfTones", false)),
                options.flag("startMediaStreaming", false));
    }

    private static Channels channels(Fields options) throws Refusal {
        return switch (StreamFields.word(options, "audioChannelType")) {
            case "mixed" -> Channels.MIXED;
            case "unmixed" -> Channels.UNMIXED;
            case null, default ->
                    throw options.invalid("audioChannelType", "must be mixed or unmixed");
        };
    }

    private static Format format(Fields options) throws Refusal {
        return switch (StreamFields.word(options, "audioFormat")) {
            case null -> Format.PCM_16K_MONO;
            case "pcm16kmono" -> Format.PCM_16K_MONO;
            case "pcm24kmono" -> Format.PCM_24K_MONO;
            default -> throw options.invalid("audioFormat", "must be pcm16KMono or pcm24KMono");
        };
    }

    /// `mediaStreamingSubscription`.
    static Map<String, Object> write(StreamSubscription subscription) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", subscription.id().toString());
        json.put("state", subscription.active() ? "active" : "inactive");
        json.put("subscribedContentTypes", List.of("audio"));
        return json;
    }
}
