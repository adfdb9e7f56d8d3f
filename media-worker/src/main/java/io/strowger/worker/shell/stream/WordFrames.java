package io.strowger.worker.shell.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.contracts.stream.TranscriptionSpec;
import io.strowger.worker.core.speech.SpeechRecognizer.Result;
import io.strowger.worker.core.speech.SpeechRecognizer.Word;
import io.strowger.worker.core.stream.StreamRequest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;

/// Writes what an application gets of a transcription, as one JSON text a frame. Times are in the
/// ticks of the API, of 100 ns.
final class WordFrames {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int NS_PER_TICK = 100;

    private WordFrames() {}

    /// The first frame of a connection, and the first in another language.
    static String metadata(StreamRequest stream, TranscriptionSpec spec) {
        return frame(
                "TranscriptionMetadata",
                "transcriptionMetadata",
                json -> {
                    json.writeStringField("subscriptionId", stream.stream().toString());
                    json.writeStringField("locale", spec.locale());
                    json.writeStringField("callConnectionId", stream.connection().toString());
                    json.writeStringField("correlationId", stream.correlationId().toString());
                    if (spec.modelEndpointId() != null) {
                        json.writeStringField(
                                "speechRecognitionModelEndpointId", spec.modelEndpointId());
                    }
                });
    }

    /// What somebody said, up to a pause.
    ///
    /// @param since the begin of the transcription until the one that the result counts from
    static String result(String who, Result result, Duration since) {
        return data(who, result, since, "Final");
    }

    /// What somebody is saying, as far as it is understood.
    static String partial(String who, Result result, Duration since) {
        return data(who, result, since, "Intermediate");
    }

    private static String data(String who, Result result, Duration since, String status) {
        return frame(
                "TranscriptionData",
                "transcriptionData",
                json -> {
                    json.writeStringField("text", result.text());
                    json.writeStringField("format", "display");
                    json.writeNumberField("confidence", result.confidence());
                    ticks(json, since.plus(result.offset()), result.duration());
                    json.writeArrayFieldStart("words");
                    for (Word word : result.words()) {
                        json.writeStartObject();
                        json.writeStringField("text", word.text());
                        ticks(json, since.plus(word.offset()), word.duration());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeStringField("participantRawID", who);
                    json.writeStringField("resultStatus", status);
                });
    }

    private static void ticks(JsonGenerator json, Duration offset, Duration duration)
            throws IOException {
        json.writeNumberField("offset", offset.toNanos() / NS_PER_TICK);
        json.writeNumberField("duration", duration.toNanos() / NS_PER_TICK);
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static String frame(String kind, String name, Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("kind", kind);
            json.writeObjectFieldStart(name);
            body.write(json);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter throws none
        }
        return text.toString();
    }
}
