package io.strowger.dispatcher.shell.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.event.SubscriberEvent.RecognizeCompleted;
import io.strowger.contracts.media.Understood;
import java.io.IOException;
import java.util.Locale;

/// What somebody pressed, chose or said, as the versions from 2023-03-06 tell it.
final class RecognitionData {
    private RecognitionData() {}

    static void write(JsonGenerator json, RecognizeCompleted completed, ApiVersion version)
            throws IOException {
        Understood understood = completed.understood();
        if (understood == null) {
            json.writeStringField("recognitionType", "dtmf");
            json.writeObjectFieldStart("dtmfResult");
            json.writeArrayFieldStart("tones");
            for (Tone tone : completed.tones()) {
                json.writeString(tone.name().toLowerCase(Locale.ROOT));
            }
            json.writeEndArray();
        } else if (understood.label() != null) {
            json.writeStringField("recognitionType", "choices");
            json.writeObjectFieldStart("choiceResult");
            json.writeStringField("label", understood.label());
            text(json, "recognizedPhrase", understood, version);
        } else {
            json.writeStringField("recognitionType", "speech");
            json.writeObjectFieldStart("speechResult");
            text(json, "speech", understood, version);
        }
        json.writeEndObject();
    }

    private static void text(
            JsonGenerator json, String name, Understood understood, ApiVersion version)
            throws IOException {
        if (understood.text() != null) {
            json.writeStringField(name, understood.text());
        }
        if (understood.confidence() != null && version.isAtLeast(ApiVersion.V2025_05_15)) {
            json.writeNumberField("confidence", understood.confidence());
        }
    }
}
