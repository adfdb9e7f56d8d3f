package io.strowger.dispatcher.shell.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The body of a webhook: a JSON array with one CloudEvent 1.0, in the dialect of the connection's
/// API version. Attributes have lower-case names only: some receivers drop events with others.
final class EventBody {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String TYPE_PREFIX = "Microsoft.Communication.";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'+00:00'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private EventBody() {}

    static byte[] of(EventRecord record) {
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

    /// The 2021 line has the kind of the event as a last segment, the current one has not.
    private static String source(EventRecord record) {
        String connection = "calling/callConnections/" + record.connection();
        if (!record.apiVersion().isPreview2021()) {
            return connection;
        }
        return connection
                + switch (record.event()) {
                    case SubscriberEvent.DtmfReceived _ -> "/dtmf";
                    case SubscriberEvent.PlayAudioResult _ -> "/playAudio";
                    case SubscriberEvent.ParticipantsUpdated _ -> "/participantsUpdated";
                    case SubscriberEvent.CallConnectionStateChanged _,
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
                            "/callState";
                };
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
