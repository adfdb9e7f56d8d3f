package io.strowger.contracts.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;

final class JsonCodec<V> implements Codec<V> {
    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonCodec(Class<V> type) {
        this.reader = Json.mapper().readerFor(type);
        this.writer = Json.mapper().writerFor(type);
    }

    @Override
    public byte[] encode(V value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a contract value that has no JSON form: " + value.getClass(), e);
        }
    }

    @Override
    public V decode(byte[] bytes) throws UndecodableException {
        try {
            V value = reader.readValue(bytes);
            if (value == null) {
                throw new UndecodableException(
                        "JSON null is no value", new IllegalArgumentException());
            }
            return value;
        } catch (IOException e) {
            throw new UndecodableException(String.valueOf(e.getMessage()), e);
        }
    }
}
