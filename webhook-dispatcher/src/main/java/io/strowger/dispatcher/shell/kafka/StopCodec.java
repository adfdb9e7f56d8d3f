package io.strowger.dispatcher.shell.kafka;

import io.strowger.contracts.kafka.Codec;
import io.strowger.contracts.kafka.Topics;
import io.strowger.dispatcher.core.delivery.ReceiverStop;
import org.apache.kafka.common.TopicPartition;

/// What is in `callback.stops`.
final class StopCodec {
    static final Codec<ReceiverStop> CODEC = Codec.json(ReceiverStop.class);
    static final TopicPartition PARTITION = new TopicPartition(Topics.CALLBACK_STOPS.name(), 0);

    private StopCodec() {}
}
