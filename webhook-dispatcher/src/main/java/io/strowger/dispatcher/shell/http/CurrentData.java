package io.strowger.dispatcher.shell.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.event.SubscriberEvent.StreamingDetails;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The fields of `data` in the API line of 2023 and later.
final class CurrentData {
    private CurrentData() {}

    static void write(JsonGenerator json, EventRecord record, String type) throws IOException {
        ApiVersion version = record.apiVersion();
        json.writeStringField("version", version.wire());
        ResultInformation result = record.result();
        if (result != null && hasResult(record.event(), version)) {
            result(json, result, version);
        }
        EventBody.connection(json, record);
        json.writeStringField("serverCallId", record.call().toString());
        json.writeStringField("correlationId", record.correlationId().toString());
        json.writeStringField("publicEventType", type);
        if (record.operationContext() != null
                && !(record.event() instanceof SubscriberEvent.ParticipantsUpdated)) {
            json.writeStringField("operationContext", record.operationContext());
        }
        further(json, record.event(), version);
    }

    /// Before 2024-09-15 some events had none.
    private static boolean hasResult(SubscriberEvent event, ApiVersion version) {
        return version.isAtLeast(ApiVersion.V2024_09_15)
                || switch (event) {
                    case SubscriberEvent.CallConnected _,
                            SubscriberEvent.CallDisconnected _,
                            SubscriberEvent.ParticipantsUpdated _,
                            SubscriberEvent.PlayCanceled _,
                            SubscriberEvent.RecognizeCanceled _,
                            SubscriberEvent.RecordingStateChanged _,
                            SubscriberEvent.CancelAddParticipantSucceeded _ ->
                            false;
                    case SubscriberEvent.CreateCallFailed _,
                            SubscriberEvent.PlayStarted _,
                            SubscriberEvent.PlayCompleted _,
                            SubscriberEvent.PlayFailed _,
                            SubscriberEvent.RecognizeCompleted _,
                            SubscriberEvent.RecognizeFailed _,
                            SubscriberEvent.CallConnectionStateChanged _,
                            SubscriberEvent.PlayAudioResult _,
                            SubscriberEvent.DtmfReceived _,
                            SubscriberEvent.AnswerFailed _,
                            SubscriberEvent.ConnectFailed _,
                            SubscriberEvent.AddParticipantSucceeded _,
                            SubscriberEvent.AddParticipantFailed _,
                            SubscriberEvent.CancelAddParticipantFailed _,
                            SubscriberEvent.RemoveParticipantSucceeded _,
                            SubscriberEvent.RemoveParticipantFailed _,
                            SubscriberEvent.CallTransferAccepted _,
                            SubscriberEvent.CallTransferFailed _,
                            SubscriberEvent.MoveParticipantSucceeded _,
                            SubscriberEvent.MoveParticipantFailed _,
                            SubscriberEvent.HoldFailed _,
                            SubscriberEvent.ContinuousDtmfRecognitionToneReceived _,
                            SubscriberEvent.ContinuousDtmfRecognitionStopped _,
                            SubscriberEvent.SendDtmfTonesCompleted _,
                            SubscriberEvent.SendDtmfTonesFailed _,
                            SubscriberEvent.MediaStreamingStarted _,
                            SubscriberEvent.MediaStreamingStopped _,
                            SubscriberEvent.MediaStreamingFailed _,
                            SubscriberEvent.TranscriptionStarted _,
                            SubscriberEvent.TranscriptionStopped _,
                            SubscriberEvent.TranscriptionUpdated _,
                            SubscriberEvent.TranscriptionFailed _,
                            SubscriberEvent.StartRecordingFailed _,
                            SubscriberEvent.CallRecordingStateChanged _,
                            SubscriberEvent.EventGrid _,
                            SubscriberEvent.AddParticipantResult _ ->
                            true;
                };
    }

    private static void result(JsonGenerator json, ResultInformation result, ApiVersion version)
            throws IOException {
        json.writeObjectFieldStart("resultInformation");
        json.writeNumberField("code", result.code());
        json.writeNumberField("subCode", result.subCode());
        json.writeStringField("message", result.message());
        if (result.sipCode() != null && version.isAtLeast(ApiVersion.V2026_03_12)) {
            json.writeObjectFieldStart("sipDetails");
            json.writeNumberField("code", result.sipCode());
            if (result.sipMessage() != null) {
                json.writeStringField("message", result.sipMessage());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void further(JsonGenerator json, SubscriberEvent event, ApiVersion version)
            throws IOException {
        switch (event) {
            case SubscriberEvent.ParticipantsUpdated(var sequenceNumber, var participants) -> {
                json.writeNumberField("sequenceNumber", sequenceNumber);
                json.writeArrayFieldStart("participants");
                for (Participant participant : participants) {
                    participant(json, participant, version);
                }
                json.writeEndArray();
            }
            case SubscriberEvent.RecognizeCompleted completed ->
                    RecognitionData.write(json, completed, version);
            case SubscriberEvent.AddParticipantSucceeded(var who) ->
                    identifier(json, "participant", who, version);
            case SubscriberEvent.AddParticipantFailed(var who) ->
                    identifier(json, "participant", who, version);
            case SubscriberEvent.RemoveParticipantSucceeded(var who) ->
                    identifier(json, "participant", who, version);
            case SubscriberEvent.RemoveParticipantFailed(var who) ->
                    identifier(json, "participant", who, version);
            case SubscriberEvent.MoveParticipantSucceeded(var who, var from) -> {
                identifier(json, "participant", who, version);
                json.writeStringField("fromCall", from.toString());
            }
            case SubscriberEvent.MoveParticipantFailed(var who, var from) -> {
                identifier(json, "participant", who, version);
                json.writeStringField("fromCall", from.toString());
            }
            case SubscriberEvent.CancelAddParticipantSucceeded(var invitation) ->
                    json.writeStringField("invitationId", invitation.toString());
            case SubscriberEvent.CancelAddParticipantFailed(var invitation) ->
                    json.writeStringField("invitationId", invitation.toString());
            case SubscriberEvent.CallTransferAccepted(var target, var transferee) -> {
                identifier(json, "transferTarget", target, version);
                if (version.isAtLeast(ApiVersion.V2023_10_15)) {
                    identifier(json, "transferee", transferee, version);
                }
            }
            case SubscriberEvent.ContinuousDtmfRecognitionToneReceived(var sequence, var tone) -> {
                json.writeNumberField("sequenceId", sequence);
                json.writeStringField("tone", tone.name().toLowerCase(Locale.ROOT));
            }
            case SubscriberEvent.RecordingStateChanged(var id, var state, var startedAt) -> {
                EventBody.recordingState(json, id, state, startedAt);
                if (version.isAtLeast(ApiVersion.V2024_04_15)) {
                    json.writeStringField("recordingKind", "azureCommunicationServices");
                }
            }
            case SubscriberEvent.StartRecordingFailed(var id) ->
                    json.writeStringField("recordingId", id.toString());
            case SubscriberEvent.MediaStreamingStarted(var details) ->
                    streaming(json, "mediaStreamingStarted", details);
            case SubscriberEvent.MediaStreamingStopped(var details) ->
                    streaming(json, "mediaStreamingStopped", details);
            case SubscriberEvent.MediaStreamingFailed(var details) ->
                    streaming(json, "mediaStreamingFailed", details);
            case SubscriberEvent.TranscriptionStarted(var details) ->
                    transcription(
                            json,
                            details == StreamingDetails.STREAM_CONNECTION_REESTABLISHED
                                    ? "transcriptionResumed"
                                    : "transcriptionStarted",
                            details);
            case SubscriberEvent.TranscriptionStopped(var details) ->
                    transcription(json, "transcriptionStopped", details);
            case SubscriberEvent.TranscriptionUpdated(var details) ->
                    transcription(json, "transcriptionUpdated", details);
            case SubscriberEvent.TranscriptionFailed(var details) ->
                    transcription(json, "transcriptionFailed", details);
            case SubscriberEvent.PlayFailed(var index) -> failedSource(json, index, version);
            case SubscriberEvent.RecognizeFailed(var index) -> failedSource(json, index, version);
            case SubscriberEvent.CallConnected _,
                    SubscriberEvent.CallDisconnected _,
                    SubscriberEvent.CreateCallFailed _,
                    SubscriberEvent.PlayStarted _,
                    SubscriberEvent.PlayCompleted _,
                    SubscriberEvent.PlayCanceled _,
                    SubscriberEvent.RecognizeCanceled _,
                    SubscriberEvent.AnswerFailed _,
                    SubscriberEvent.ConnectFailed _,
                    SubscriberEvent.CallTransferFailed _,
                    SubscriberEvent.HoldFailed _,
                    SubscriberEvent.ContinuousDtmfRecognitionStopped _,
                    SubscriberEvent.SendDtmfTonesCompleted _,
                    SubscriberEvent.SendDtmfTonesFailed _ -> {
                // The common fields say it all.
            }
            case SubscriberEvent.CallConnectionStateChanged _,
                    SubscriberEvent.PlayAudioResult _,
                    SubscriberEvent.AddParticipantResult _,
                    SubscriberEvent.CallRecordingStateChanged _,
                    SubscriberEvent.EventGrid _,
                    SubscriberEvent.DtmfReceived _ ->
                    throw new NoSuchForm(event, version);
        }
    }

    private static void streaming(JsonGenerator json, String status, StreamingDetails details)
            throws IOException {
        json.writeObjectFieldStart("mediaStreamingUpdate");
        json.writeStringField("contentType", "Audio");
        json.writeStringField("mediaStreamingStatus", status);
        json.writeStringField("mediaStreamingStatusDetails", text(details));
        json.writeEndObject();
    }

    private static void transcription(JsonGenerator json, String status, StreamingDetails details)
            throws IOException {
        json.writeObjectFieldStart("transcriptionUpdate");
        json.writeStringField("transcriptionStatus", status);
        json.writeStringField("transcriptionStatusDetails", text(details));
        json.writeEndObject();
    }

    private static String text(StreamingDetails details) {
        return switch (details) {
            case SUBSCRIPTION_STARTED -> "subscriptionStarted";
            case STREAM_CONNECTION_REESTABLISHED -> "streamConnectionReestablished";
            case STREAM_CONNECTION_UNSUCCESSFUL -> "streamConnectionUnsuccessful";
            case STREAM_CONNECTION_INTERRUPTED -> "streamConnectionInterrupted";
            case SUBSCRIPTION_STOPPED -> "subscriptionStopped";
            case UNSPECIFIED_ERROR -> "unspecifiedError";
            case AUTHENTICATION_FAILURE -> "authenticationFailure";
            case BAD_REQUEST -> "badRequest";
            case TOO_MANY_REQUESTS -> "tooManyRequests";
            case FORBIDDEN -> "forbidden";
            case SERVICE_TIMEOUT -> "serviceTimeout";
            case INITIAL_WEB_SOCKET_CONNECTION_FAILED -> "initialWebSocketConnectionFailed";
            case SPEECH_SERVICES_CONNECTION_ERROR -> "speechServicesConnectionError";
            case TRANSCRIPTION_LOCALE_UPDATED -> "transcriptionLocaleUpdated";
        };
    }

    private static void identifier(
            JsonGenerator json, String name, Identifier who, ApiVersion version)
            throws IOException {
        json.writeFieldName(name);
        IdentifierJson.write(json, who, version);
    }

    private static void participant(JsonGenerator json, Participant participant, ApiVersion version)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName("identifier");
        IdentifierJson.write(json, participant.identifier(), version);
        json.writeBooleanField("isMuted", participant.isMuted());
        if (version.isAtLeast(ApiVersion.V2024_09_15)) {
            json.writeBooleanField("isOnHold", participant.isOnHold());
        }
        json.writeEndObject();
    }

    private static void failedSource(
            JsonGenerator json, @Nullable Integer index, ApiVersion version) throws IOException {
        if (index != null && version.isAtLeast(ApiVersion.V2024_09_15)) {
            json.writeNumberField("failedPlaySourceIndex", index);
        }
    }
}
