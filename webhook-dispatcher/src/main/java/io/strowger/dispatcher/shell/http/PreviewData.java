package io.strowger.dispatcher.shell.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The fields of `data` in the 2021 line.
final class PreviewData {
    private PreviewData() {}

    static void write(JsonGenerator json, EventRecord record) throws IOException {
        switch (record.event()) {
            case SubscriberEvent.CallConnectionStateChanged(var state) -> {
                if (state != ConnectionState.CONNECTING) { // not before it is established
                    json.writeStringField("serverCallId", record.call().toString());
                }
                EventBody.connection(json, record);
                json.writeStringField("callConnectionState", EventBody.text(state));
            }
            case SubscriberEvent.PlayAudioResult(var status) -> operation(json, record, status);
            case SubscriberEvent.AddParticipantResult(var status) ->
                    operation(json, record, status);
            case SubscriberEvent.DtmfReceived(var _, var sequenceId, var tone) -> {
                json.writeObjectFieldStart("toneInfo");
                json.writeNumberField("sequenceId", sequenceId);
                json.writeStringField("tone", text(tone));
                json.writeEndObject();
                EventBody.connection(json, record);
            }
            case SubscriberEvent.ParticipantsUpdated(var _, var participants) -> {
                EventBody.connection(json, record);
                json.writeArrayFieldStart("participants");
                for (Participant participant : participants) {
                    json.writeStartObject();
                    json.writeFieldName("identifier");
                    IdentifierJson.write(json, participant.identifier(), record.apiVersion());
                    json.writeStringField("participantId", participant.legId().toString());
                    json.writeBooleanField("isMuted", participant.isMuted());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            case SubscriberEvent.CallRecordingStateChanged(var id, var state, var startedAt) -> {
                EventBody.recordingState(json, id, state, startedAt);
                json.writeStringField("serverCallId", record.call().toString());
            }
            case SubscriberEvent.AnswerFailed _,
                    SubscriberEvent.ConnectFailed _,
                    SubscriberEvent.AddParticipantSucceeded _,
                    SubscriberEvent.AddParticipantFailed _,
                    SubscriberEvent.CancelAddParticipantSucceeded _,
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
                    SubscriberEvent.RecordingStateChanged _,
                    SubscriberEvent.StartRecordingFailed _,
                    SubscriberEvent.EventGrid _,
                    SubscriberEvent.CallConnected _,
                    SubscriberEvent.CallDisconnected _,
                    SubscriberEvent.CreateCallFailed _,
                    SubscriberEvent.PlayStarted _,
                    SubscriberEvent.PlayCompleted _,
                    SubscriberEvent.PlayFailed _,
                    SubscriberEvent.PlayCanceled _,
                    SubscriberEvent.RecognizeCompleted _,
                    SubscriberEvent.RecognizeFailed _,
                    SubscriberEvent.RecognizeCanceled _ ->
                    throw new NoSuchForm(record.event(), record.apiVersion());
        }
    }

    private static void operation(
            JsonGenerator json, EventRecord record, SubscriberEvent.OperationStatus status)
            throws IOException {
        result(json, record.result());
        if (record.operationContext() != null) {
            json.writeStringField("operationContext", record.operationContext());
        }
        json.writeStringField("status", text(status));
    }

    /// `subcode` is in lower case here, unlike in the current line.
    private static void result(JsonGenerator json, @Nullable ResultInformation result)
            throws IOException {
        if (result != null) {
            json.writeObjectFieldStart("resultInfo");
            json.writeNumberField("code", result.code());
            json.writeNumberField("subcode", result.subCode());
            json.writeStringField("message", result.message());
            json.writeEndObject();
        }
    }

    private static String text(SubscriberEvent.OperationStatus status) {
        return switch (status) {
            case NOT_STARTED -> "notStarted";
            case RUNNING -> "running";
            case COMPLETED -> "completed";
            case FAILED -> "failed";
        };
    }

    private static String text(Tone tone) {
        return switch (tone) {
            case ZERO, ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE -> "tone" + tone.key();
            case ASTERISK -> "star";
            case POUND -> "pound";
            case A -> "a";
            case B -> "b";
            case C -> "c";
            case D -> "d";
        };
    }
}
