package io.strowger.worker.shell.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an application sends. Names count in letters of either case: the SDKs differ.
sealed interface AppFrame {
    /// To be heard.
    ///
    /// @param samples at the rate of the stream
    record Audio(short[] samples) implements AppFrame {}

    /// What has not been heard yet is not to be heard.
    record Stop() implements AppFrame {}

    /// Nothing of that.
    record Unreadable() implements AppFrame {}

    JsonFactory JSON = new JsonFactory();

    static AppFrame read(String text) {
        String kind = null;
        String data = null;
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new Unreadable();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName().toLowerCase(Locale.ROOT);
                JsonToken value = json.nextToken();
                if (name.equals("kind") && value == JsonToken.VALUE_STRING) {
                    kind = json.getText().toLowerCase(Locale.ROOT);
                } else if (name.equals("audiodata") && value == JsonToken.START_OBJECT) {
                    data = data(json);
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            return new Unreadable();
        }
        if ("stopaudio".equals(kind)) {
            return new Stop();
        }
        return "audiodata".equals(kind) && data != null ? audio(data) : new Unreadable();
    }

    private static @Nullable String data(JsonParser json) throws IOException {
        String data = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName().toLowerCase(Locale.ROOT);
            if (json.nextToken() == JsonToken.VALUE_STRING && name.equals("data")) {
                data = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return data;
    }

    /// 16-bit little endian.
    private static AppFrame audio(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new Unreadable();
        }
        if (bytes.length % Short.BYTES != 0) {
            return new Unreadable();
        }
        short[] samples = new short[bytes.length / Short.BYTES];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << Byte.SIZE);
        }
        return new Audio(samples);
    }
}
