package io.strowger.contracts.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import java.io.IOException;
import java.util.function.Function;

/// Ids as their text, as values and as keys of maps.
final class IdModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    IdModule() {
        super("strowger-ids");
        text(ServerCallId.class, ServerCallId::toString, ServerCallId::parse);
        text(CallConnectionId.class, CallConnectionId::toString, CallConnectionId::parse);
        text(RecordingId.class, RecordingId::toString, RecordingId::parse);
        text(OperationId.class, OperationId::toString, OperationId::parse);
        text(CommandId.class, CommandId::toString, CommandId::parse);
        text(LegId.class, LegId::toString, text -> new LegId(Integer.parseInt(text)));
        text(
                WorkerId.class,
                id -> Integer.toString(id.ordinal()),
                text -> new WorkerId(Integer.parseInt(text)));
        text(
                ApiVersion.class,
                ApiVersion::wire,
                text -> ApiVersion.parse(text).orElseThrow(IllegalArgumentException::new));
    }

    private <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
        addSerializer(type, new TextSerializer<>(type, write));
        addDeserializer(type, new TextDeserializer<>(type, read));
        addKeySerializer(type, new KeySerializer<>(type, write));
        addKeyDeserializer(
                type,
                new KeyDeserializer() {
                    @Override
                    public Object deserializeKey(String key, DeserializationContext context)
                            throws IOException {
                        return parsed(context, type, read, key);
                    }
                });
    }

    private static <T> T parsed(
            DeserializationContext context, Class<T> type, Function<String, T> read, String text)
            throws IOException {
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            throw context.weirdStringException(text, type, String.valueOf(e.getMessage()));
        }
    }

    private static final class TextSerializer<T> extends StdScalarSerializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<T, String> write;

        TextSerializer(Class<T> type, Function<T, String> write) {
            super(type);
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(write.apply(value));
        }
    }

    private static final class KeySerializer<T> extends StdScalarSerializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<T, String> write;

        KeySerializer(Class<T> type, Function<T, String> write) {
            super(type);
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeFieldName(write.apply(value));
        }
    }

    private static final class TextDeserializer<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Class<T> type;
        private final transient Function<String, T> read;

        TextDeserializer(Class<T> type, Function<String, T> read) {
            super(type);
            this.type = type;
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = json.getValueAsString();
            if (text == null) {
                throw context.wrongTokenException(
                        json, type, com.fasterxml.jackson.core.JsonToken.VALUE_STRING, null);
            }
            return parsed(context, type, read, text);
        }
    }
}
