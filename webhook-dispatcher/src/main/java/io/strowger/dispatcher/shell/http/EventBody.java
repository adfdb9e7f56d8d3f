package io.strowger.dispatcher.shell.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.recording.RecordingState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The body of a webhook: a JSON array with one CloudEvent 1.0, in the dialect of the connection's
/// API version. Attributes have lower-case names only: some receivers drop events with others.
final class EventBody {
    static final JsonFactory JSON = new JsonFactory();
    static final String TYPE_PREFIX = "Microsoft.Communication.";
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'+00:00'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private EventBody() {}

    static byte[] of(EventRecord record) {
        if (record.event() instanceof SubscriberEvent.EventGrid event) {
            return EventGridBody.of(record, event);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(768);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            String type = TYPE_PREFIX + record.event().getClass().getSimpleName();
            String source = source(record);
            json.writeStartArray();
            json.writeStartObject();
            json.writeStringField("id", record.eventId().toString());
            json.writeStringField("source", source);
            json.writeStringField("type", type);
            json.writeObjectFieldStart("data");
            if (record.apiVersion().isPreview2021()) {
                PreviewData.write(json, record);
            } else {
                CurrentData.write(json, record, type);
            }
            json.writeEndObject();
            json.writeStringField("time", TIME.format(record.time()));
            json.writeStringField("specversion", "1.0");
            json.writeStringField("datacontenttype", "application/json");
            json.writeStringField("subject", source);
            json.writeStringField("sequence", Long.toString(record.sequence()));
            json.writeEndObject();
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /// Events of a recording come from it, all others from the connection or call.
    private static String source(EventRecord record) {
        return switch (record.event()) {
            case SubscriberEvent.RecordingStateChanged changed ->
                    recording(record, changed.recording());
            case SubscriberEvent.CallRecordingStateChanged changed ->
                    recording(record, changed.recording());
            case SubscriberEvent.StartRecordingFailed(var id) -> recording(record, id);
            default -> callSource(record);
        };
    }

    private static String recording(EventRecord record, RecordingId recording) {
        return "calling/recordings/"
                + record.call()
                + "/"
                + recording
                + "/"
                + record.event().getClass().getSimpleName();
    }

    /// The 2021 line has the kind of the event as a last segment, the current one has not. Who is
    /// not in the call is told by the call.
    private static String callSource(EventRecord record) {
        CallConnectionId connection = record.connection();
        String source =
                connection == null
                        ? "calling/serverCalls/" + record.call()
                        : "calling/callConnections/" + connection;
        return record.apiVersion().isPreview2021() ? source + segment(record.event()) : source;
    }

    private static String segment(SubscriberEvent event) {
        if (event instanceof SubscriberEvent.DtmfReceived) {
            return "/dtmf";
        }
        if (event instanceof SubscriberEvent.PlayAudioResult) {
            return "/playAudio";
        }
        if (event instanceof SubscriberEvent.ParticipantsUpdated) {
            return "/participantsUpdated";
        }
        return event instanceof SubscriberEvent.AddParticipantResult
                ? "/addParticipantResult"
                : "/callState";
    }

    /// Whom it is told; nothing for who is not in the call.
    static void connection(JsonGenerator json, EventRecord record) throws IOException {
        CallConnectionId connection = record.connection();
        if (connection != null) {
            json.writeStringField("callConnectionId", connection.toString());
        }
    }

    /// What is told of the state of a recording.
    static void recordingState(
            JsonGenerator json, RecordingId id, RecordingState state, Instant startedAt)
            throws IOException {
        json.writeStringField("recordingId", id.toString());
        json.writeStringField(
                "state",
                switch (state) {
                    case ACTIVE -> "active";
                    case INACTIVE -> "inactive";
                });
        json.writeStringField("startDateTime", TIME.format(startedAt));
    }

    /// `callConnectionState` as the API writes it.
    static String text(ConnectionState state) {
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
