package io.strowger.dispatcher.shell.kafka;

import io.strowger.contracts.kafka.Codec;
import io.strowger.contracts.kafka.Topics;
import io.strowger.dispatcher.core.delivery.ParkedDelivery;
import org.apache.kafka.common.TopicPartition;

/// What is in `callback.deliveries`.
final class ParkedCodec {
    static final Codec<ParkedDelivery> CODEC = Codec.json(ParkedDelivery.class);

    private ParkedCodec() {}

    static TopicPartition partition(int number) {
        return new TopicPartition(Topics.CALLBACK_DELIVERIES.name(), number);
    }
}
