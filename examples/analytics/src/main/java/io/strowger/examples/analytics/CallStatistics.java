package io.strowger.examples.analytics;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.TimestampExtractor;

/// Answer rate, talk time and calls a minute by number prefix: `call.records` in, a line of text a
/// prefix and minute out, brought up to date with each call.
public final class CallStatistics {
    /// Where the statistics go; keyed by prefix. Make it with as many partitions as you like.
    public static final String OUTPUT = "analytics.calls-by-minute";

    private static final Duration LATE = Duration.ofMinutes(1);

    private CallStatistics() {}

    /// @param prefixDigits how much of a number is its prefix, without the plus
    public static Topology topology(int prefixDigits) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        Topics.CALL_RECORDS.name(),
                        Consumed.with(Serdes.String(), records())
                                .withTimestampExtractor(endOfCall()))
                .selectKey((call, record) -> prefix(record, prefixDigits))
                .groupByKey(Grouped.with(Serdes.String(), records()))
                .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofMinutes(1), LATE))
                .aggregate(
                        () -> MinuteOfCalls.NONE,
                        (prefix, record, minute) -> minute.plus(record),
                        Materialized.with(Serdes.String(), minutes()))
                .toStream()
                .map((window, minute) ->
                        org.apache.kafka.streams.KeyValue.pair(
                                window.key(), line(window.window().startTime().toString(), minute)))
                .to(OUTPUT, Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    private static String line(String minute, MinuteOfCalls calls) {
        return String.format(
                java.util.Locale.ROOT,
                "{\"minute\":\"%s\",\"calls\":%d,\"answerRate\":%.3f,\"talkSeconds\":%d}",
                minute,
                calls.calls(),
                calls.answerRate(),
                calls.talkSeconds());
    }

    /// Of the first phone that took part.
    private static String prefix(CallRecord record, int digits) {
        Optional<String> number =
                record.legs().stream()
                        .map(CallRecord.LegSummary::participant)
                        .filter(Identifier.PhoneNumber.class::isInstance)
                        .map(Identifier.PhoneNumber.class::cast)
                        .map(Identifier.PhoneNumber::value)
                        .findFirst();
        return number.map(value -> value.substring(0, Math.min(value.length(), digits + 1)))
                .orElse("no number");
    }

    private static TimestampExtractor endOfCall() {
        return (record, partitionTime) ->
                record.value() instanceof CallRecord call
                        ? call.endedAt().toEpochMilli()
                        : record.timestamp();
    }

    private static Serde<CallRecord> records() {
        Serializer<CallRecord> writer =
                (topic, record) -> Topics.CALL_RECORDS.codec().encode(record);
        Deserializer<CallRecord> reader =
                (topic, bytes) -> {
                    try {
                        return Topics.CALL_RECORDS.codec().decode(bytes);
                    } catch (UndecodableException e) {
                        throw new SerializationException(e);
                    }
                };
        return Serdes.serdeFrom(writer, reader);
    }

    private static Serde<MinuteOfCalls> minutes() {
        Serializer<MinuteOfCalls> writer =
                (topic, minute) ->
                        java.nio.ByteBuffer.allocate(24)
                                .putLong(minute.calls())
                                .putLong(minute.answered())
                                .putLong(minute.talkSeconds())
                                .array();
        Deserializer<MinuteOfCalls> reader =
                (topic, bytes) -> {
                    var buffer = java.nio.ByteBuffer.wrap(bytes);
                    return new MinuteOfCalls(buffer.getLong(), buffer.getLong(), buffer.getLong());
                };
        return Serdes.serdeFrom(writer, reader);
    }
}
