package io.strowger.contracts.kafka;

/// Turns values into bytes and back. Safe for use by many threads.
public interface Codec<V> {
    byte[] encode(V value);

    /// @throws UndecodableException when `bytes` are not a `V`; the reader puts the record into the
    ///   dead-letter topic
    V decode(byte[] bytes) throws UndecodableException;

    /// The bytes themselves.
    static Codec<byte[]> bytes() {
        return new Codec<>() {
            @Override
            public byte[] encode(byte[] value) {
                return value;
            }

            @Override
            public byte[] decode(byte[] bytes) {
                return bytes;
            }
        };
    }

    /// JSON of a record or sealed interface.
    static <V> Codec<V> json(Class<V> type) {
        return new JsonCodec<>(type);
    }
}
