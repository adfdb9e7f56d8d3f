package io.strowger.contracts.kafka;

/// A topic: its name, what its values are, how it is laid out.
public record Topic<V>(String name, Codec<V> codec, TopicLayout layout) {
    /// Where records of this topic go that cannot be read or must not be retried.
    public String deadLetterName() {
        return name + ".dlq";
    }
}
