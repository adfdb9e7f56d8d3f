package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallProperties;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.stream.StreamSubscription;
import io.strowger.contracts.stream.TranscriptionSubscription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Calls and participants as the versions from 2023-03-06 write them. What is not known is left
/// out.
final class CallDialect {
    private CallDialect() {}

    static Map<String, Object> properties(ApiVersion version, CallProperties call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("callConnectionId", call.connection().toString());
        json.put("serverCallId", call.connection().call().toString());
        json.put("targets", call.targets().stream().map(IdentifierDialect::write).toList());
        json.put("callConnectionState", state(call.state()));
        json.put("callbackUri", call.callbackUri().toString());
        if (call.callerId() != null) {
            json.put("sourceCallerIdNumber", Map.of("value", call.callerId().value()));
        }
        if (call.sourceDisplayName() != null) {
            json.put("sourceDisplayName", call.sourceDisplayName());
        }
        Identifier source = call.source();
        if (source != null) {
            json.put("source", IdentifierDialect.write(source));
        }
        json.put("correlationId", call.correlationId().toString());
        if (call.answeredBy() instanceof Identifier.CommunicationUser(var id)) {
            json.put("answeredBy", Map.of("id", id));
        }
        PhoneNumber answeredFor = call.answeredFor();
        if (answeredFor != null && version.isAtLeast(ApiVersion.V2024_09_15)) {
            json.put("answeredFor", Map.of("value", answeredFor.value()));
        }
        StreamSubscription streaming = call.streaming();
        if (streaming != null && version.isAtLeast(ApiVersion.V2025_05_15)) {
            json.put("mediaStreamingSubscription", MediaStreaming.write(streaming));
        }
        TranscriptionSubscription transcription = call.transcription();
        if (transcription != null && version.isAtLeast(ApiVersion.V2025_05_15)) {
            json.put("transcriptionSubscription", Transcription.write(transcription));
        }
        return json;
    }

    static Map<String, Object> participants(ApiVersion version, List<Participant> participants) {
        return Map.of(
                "value", participants.stream().map(one -> participant(version, one)).toList());
    }

    static Map<String, Object> participant(ApiVersion version, Participant participant) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("identifier", IdentifierDialect.write(participant.identifier()));
        json.put("isMuted", participant.isMuted());
        if (version.isAtLeast(ApiVersion.V2024_09_15)) {
            json.put("isOnHold", participant.isOnHold());
        }
        return json;
    }

    private static String state(ConnectionState state) {
        return switch (state) {
            case UNKNOWN -> "unknown";
            case CONNECTING -> "connecting";
            case CONNECTED -> "connected";
            case TRANSFERRING -> "transferring";
            case TRANSFER_ACCEPTED -> "transferAccepted";
            case DISCONNECTING -> "disconnecting";
            case DISCONNECTED -> "disconnected";
        };
    }
}
