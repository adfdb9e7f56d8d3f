package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.ChannelAffinity;
import io.strowger.contracts.call.CallReply.RecordingDescribed;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.FunctionEndpoint;
import io.strowger.gateway.core.api.Identifiers;
import io.strowger.gateway.core.api.RecordingFields;
import io.strowger.gateway.core.api.Refusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Recordings, of calls that the application is in and of those that it is not.
public final class RecordingEndpoints {
    private static final int LAST_CHANNEL = RecordingFormat.MAX_CHANNELS - 1;

    private RecordingEndpoints() {}

    public static List<Endpoint<?>> all() {
        return List.of(
                new FunctionEndpoint<>(
                        ApiOperation.START_RECORDING,
                        RecordingDescribed.class,
                        RecordingEndpoints::start,
                        RecordingEndpoints::described),
                new FunctionEndpoint<>(
                        ApiOperation.GET_RECORDING,
                        RecordingDescribed.class,
                        call -> new CallCommand.DescribeRecording(call.recording()),
                        RecordingEndpoints::described),
                FunctionEndpoint.silent(
                        ApiOperation.STOP_RECORDING,
                        204,
                        call -> new CallCommand.StopRecording(call.recording())),
                FunctionEndpoint.silent(
                        ApiOperation.PAUSE_RECORDING,
                        202,
                        call -> new CallCommand.PauseRecording(call.recording())),
                FunctionEndpoint.silent(
                        ApiOperation.RESUME_RECORDING,
                        202,
                        call -> new CallCommand.ResumeRecording(call.recording())));
    }

    private static ApiResponse described(ApiCall call, RecordingDescribed answer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recordingId", answer.recording().toString());
        json.put("recordingState", answer.state().name().toLowerCase(Locale.ROOT));
        if (call.version().isAtLeast(ApiVersion.V2024_04_15)) {
            json.put("recordingKind", "azureCommunicationServices");
        }
        return new ApiResponse(200, json);
    }

    private static CallCommand start(ApiCall call) throws Refusal {
        Fields body = call.fields();
        CallConnectionId connection = connection(call, body);
        ServerCallId server = connection == null ? located(call, body) : connection.call();
        RecordingFields.refuseVideo(body);
        ChannelType channels = RecordingFields.channelType(body);
        boolean since2024 = call.version().isAtLeast(ApiVersion.V2024_04_15);
        return new CallCommand.StartRecording(
                server,
                connection,
                call.operationId(),
                new RecordingFormat(channels, RecordingFields.fileFormat(body, channels, false)),
                ordering(body, channels),
                affinity(body, channels),
                since2024 && body.flag("pauseOnStart", false),
                body.webUri("recordingStateCallbackUri"),
                since2024 ? container(call, body) : null);
    }

    /// Since 2025-06-15 a call may be named by a connection instead.
    private static @Nullable CallConnectionId connection(ApiCall call, Fields body) throws Refusal {
        if (!call.version().isAtLeast(ApiVersion.V2025_06_15) || !body.has("callConnectionId")) {
            return null;
        }
        if (body.has("callLocator")) {
            throw body.invalid("callConnectionId", "cannot be given beside callLocator");
        }
        return call.connection(body.requiredText("callConnectionId"));
    }

    private static ServerCallId located(ApiCall call, Fields body) throws Refusal {
        Fields locator = body.requiredObject("callLocator");
        String kind = locator.text("kind");
        if (kind != null && !kind.equals("serverCallLocator")) {
            throw locator.invalid("kind", "must be serverCallLocator");
        }
        return call.serverCall(locator.requiredText("serverCallId"));
    }

    private static List<Identifier> ordering(Fields body, ChannelType channels) throws Refusal {
        List<Identifier> ordering = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Fields one : body.objects("audioChannelParticipantOrdering")) {
            Identifier who = Identifiers.read(one);
            if (!known.add(who.rawId())) {
                throw body.invalid("audioChannelParticipantOrdering", "names somebody twice");
            }
            ordering.add(who);
        }
        if (ordering.size() > RecordingFormat.MAX_CHANNELS) {
            throw body.invalid("audioChannelParticipantOrdering", "must have 0..5 elements");
        }
        refuseWhenMixed(body, "audioChannelParticipantOrdering", ordering, channels);
        return ordering;
    }

    private static List<ChannelAffinity> affinity(Fields body, ChannelType channels)
            throws Refusal {
        List<ChannelAffinity> affinities = new ArrayList<>();
        Set<Object> known = new HashSet<>();
        for (Fields one : body.objects("channelAffinity")) {
            Integer channel = one.integer("channel", 0, LAST_CHANNEL);
            Identifier who = Identifiers.read(one.requiredObject("participant"));
            if (channel == null) {
                throw one.invalid("channel", "is required");
            }
            if (!known.add(channel) || !known.add(who.rawId())) {
                throw body.invalid("channelAffinity", "names a channel or participant twice");
            }
            affinities.add(new ChannelAffinity(channel, who));
        }
        refuseWhenMixed(body, "channelAffinity", affinities, channels);
        return affinities;
    }

    private static void refuseWhenMixed(
            Fields body, String name, List<?> wishes, ChannelType channels) throws Refusal {
        if (!wishes.isEmpty() && channels == ChannelType.MIXED) {
            throw body.invalid(name, "needs recordingChannelType unmixed");
        }
    }

    private static @Nullable URI container(ApiCall call, Fields body) throws Refusal {
        Fields storage = body.object("externalStorage");
        if (storage == null) {
            return null;
        }
        String kind = storage.requiredText("recordingStorageKind").toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "azurecommunicationservices" -> null;
            case "azureblobstorage" -> call.container(storage);
            default ->
                    throw storage.invalid(
                            "recordingStorageKind",
                            "must be azureCommunicationServices or azureBlobStorage");
        };
    }
}
