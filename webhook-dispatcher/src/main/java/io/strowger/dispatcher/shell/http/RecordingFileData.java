package io.strowger.dispatcher.shell.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent.RecordingFileStatusUpdated;
import io.strowger.contracts.recording.RecordingCommand.EndReason;
import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import java.io.IOException;
import java.net.URI;

/// The fields of `data` of `RecordingFileStatusUpdated`. A recording is always one chunk; one that
/// could not be stored has none, and says why.
final class RecordingFileData {
    private RecordingFileData() {}

    static void write(JsonGenerator json, EventRecord record, RecordingFileStatusUpdated event)
            throws IOException {
        RecordingFile file = event.file();
        json.writeObjectFieldStart("recordingStorageInfo");
        json.writeArrayFieldStart("recordingChunks");
        if (file != null) {
            chunk(json, file);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeStringField("recordingStartTime", EventBody.TIME.format(event.startedAt()));
        json.writeNumberField("recordingDurationMs", file == null ? 0 : file.duration().toMillis());
        json.writeStringField("recordingContentType", "Audio");
        json.writeStringField(
                "recordingChannelType",
                switch (event.format().channelType()) {
                    case MIXED -> "Mixed";
                    case UNMIXED -> "Unmixed";
                });
        json.writeStringField(
                "recordingFormatType",
                switch (event.format().fileFormat()) {
                    case WAV -> "Wav";
                    case MP3 -> "Mp3";
                });
        json.writeStringField(
                "sessionEndReason", file == null ? "Failed" : text(event.endReason()));
        ResultInformation result = record.result();
        if (file == null && result != null) {
            json.writeObjectFieldStart("resultInformation");
            json.writeNumberField("code", result.code());
            json.writeNumberField("subCode", result.subCode());
            json.writeStringField("message", result.message());
            json.writeEndObject();
        }
    }

    private static void chunk(JsonGenerator json, RecordingFile file) throws IOException {
        json.writeStartObject();
        json.writeStringField("documentId", file.documentId());
        json.writeNumberField("index", 0);
        json.writeStringField("endReason", "SessionEnded");
        json.writeStringField("contentLocation", file.contentLocation().toString());
        json.writeStringField("metadataLocation", file.metadataLocation().toString());
        URI delete = file.deleteLocation();
        if (delete != null) {
            json.writeStringField("deleteLocation", delete.toString());
        }
        json.writeEndObject();
    }

    private static String text(EndReason reason) {
        return switch (reason) {
            case STOPPED -> "RecordingStopped";
            case CALL_ENDED -> "CallEnded";
            case MEDIA_LOST -> "MediaLost";
        };
    }
}
