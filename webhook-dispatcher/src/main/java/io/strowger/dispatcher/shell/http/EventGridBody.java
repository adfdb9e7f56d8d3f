package io.strowger.dispatcher.shell.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// The body of an event that goes to an application rather than to a connection: a JSON array with
/// one event in the Event Grid schema.
final class EventGridBody {
    static final String TOPIC = "strowger";

    private EventGridBody() {}

    static byte[] of(EventRecord record, SubscriberEvent.EventGrid event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = EventBody.JSON.createGenerator(bytes)) {
            json.writeStartArray();
            json.writeStartObject();
            json.writeStringField("id", record.eventId().toString());
            json.writeStringField("topic", TOPIC);
            json.writeStringField("subject", subject(record, event));
            json.writeObjectFieldStart("data");
            switch (event) {
                case SubscriberEvent.IncomingCall call -> data(json, record, call);
                case SubscriberEvent.RecordingFileStatusUpdated file ->
                        RecordingFileData.write(json, record, file);
            }
            json.writeEndObject();
            json.writeStringField(
                    "eventType", EventBody.TYPE_PREFIX + event.getClass().getSimpleName());
            json.writeStringField("dataVersion", "1.0");
            json.writeStringField("metadataVersion", "1");
            json.writeStringField("eventTime", EventBody.TIME.format(record.time()));
            json.writeEndObject();
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static String subject(EventRecord record, SubscriberEvent.EventGrid event) {
        return switch (event) {
            case SubscriberEvent.IncomingCall call ->
                    "/caller/" + call.from().rawId() + "/recipient/" + call.to().rawId();
            case SubscriberEvent.RecordingFileStatusUpdated file ->
                    "/recording/call/"
                            + record.correlationId()
                            + (record.apiVersion().isPreview2021()
                                    ? ""
                                    : "/serverCallId/" + record.call())
                            + "/recordingId/"
                            + file.recording();
        };
    }

    private static void data(
            JsonGenerator json, EventRecord record, SubscriberEvent.IncomingCall call)
            throws IOException {
        json.writeFieldName("to");
        IdentifierJson.write(json, call.to(), record.apiVersion());
        json.writeFieldName("from");
        IdentifierJson.write(json, call.from(), record.apiVersion());
        json.writeStringField("serverCallId", record.call().toString());
        json.writeStringField("callerDisplayName", call.callerDisplayName());
        json.writeStringField("incomingCallContext", call.incomingCallContext());
        json.writeObjectFieldStart("customContext");
        json.writeObjectFieldStart("sipHeaders");
        for (Map.Entry<String, String> header : call.sipHeaders().entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("voipHeaders");
        json.writeEndObject();
        json.writeEndObject();
        json.writeStringField("correlationId", record.correlationId().toString());
    }

    /// What a new receiver must confirm before it is trusted with events.
    ///
    /// @param id of the event
    /// @param code to be given back
    static byte[] validation(String id, String code, String time) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = EventBody.JSON.createGenerator(bytes)) {
            json.writeStartArray();
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("topic", TOPIC);
            json.writeStringField("subject", "");
            json.writeObjectFieldStart("data");
            json.writeStringField("validationCode", code);
            json.writeEndObject();
            json.writeStringField("eventType", "Microsoft.EventGrid.SubscriptionValidationEvent");
            json.writeStringField("dataVersion", "2");
            json.writeStringField("metadataVersion", "1");
            json.writeStringField("eventTime", time);
            json.writeEndObject();
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
