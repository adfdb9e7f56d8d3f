package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.orchestrator.core.call.CallEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// What the coordinator writes, and what it checks of a record before it is decided.
final class LogRecords {
    private static final int REPLY_PARTITIONS =
            Topics.CALL_REPLIES.layout().fixedPartitions().orElseThrow();

    private LogRecords() {}

    static byte[] value(ConsumerRecord<String, byte[]> record) throws UndecodableException {
        byte[] value = record.value();
        if (value == null) {
            throw undecodable("a record without a value");
        }
        return value;
    }

    /// A record under another key lies in a partition whose owner does not know the call.
    static void checkKey(ConsumerRecord<String, byte[]> record, ServerCallId call)
            throws UndecodableException {
        if (!call.toString().equals(record.key())) {
            throw undecodable("the key is not the call " + call);
        }
    }

    /// @return empty when nobody waits for an answer
    static OptionalInt replyPartition(ConsumerRecord<String, byte[]> command)
            throws UndecodableException {
        Header header = command.headers().lastHeader(KafkaHeaders.REPLY_PARTITION);
        if (header == null || header.value() == null) {
            return OptionalInt.empty();
        }
        String text = new String(header.value(), StandardCharsets.UTF_8);
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number < REPLY_PARTITIONS) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            throw new UndecodableException(refusal(text), e);
        }
        throw undecodable(refusal(text));
    }

    private static String refusal(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return "header "
                + KafkaHeaders.REPLY_PARTITION
                + " is not 0.."
                + (REPLY_PARTITIONS - 1)
                + ": "
                + shown;
    }

    static ProducerRecord<String, byte[]> reply(
            ConsumerRecord<String, byte[]> command, int partition, CallReply reply) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.CALL_REPLIES.name(),
                        partition,
                        command.key(),
                        Topics.CALL_REPLIES.codec().encode(reply));
        copy(command.headers(), record.headers(), KafkaHeaders.CORRELATION);
        copy(command.headers(), record.headers(), KafkaHeaders.GATEWAY_EPOCH);
        return record;
    }

    /// The record that a fact leaves as; empty: it shows in the state only.
    static Optional<ProducerRecord<String, byte[]>> of(int partition, CallEvent event) {
        return switch (event) {
            case CallEvent.Ordered(var order) ->
                    Optional.of(
                            new ProducerRecord<>(
                                    Topics.MEDIA_COMMANDS.name(),
                                    order.placement().worker().ordinal(),
                                    order.call().toString(),
                                    Topics.MEDIA_COMMANDS.codec().encode(order)));
            case CallEvent.Told(var _, var told) ->
                    Optional.of(
                            new ProducerRecord<>(
                                    Topics.CALL_EVENTS.name(),
                                    partition,
                                    told.call().toString(),
                                    Topics.CALL_EVENTS.codec().encode(told)));
            case CallEvent.Forwarded(var request) ->
                    Optional.of(
                            new ProducerRecord<>(
                                    Topics.CALL_COMMANDS.name(),
                                    request.command().call().toString(),
                                    Topics.CALL_COMMANDS.codec().encode(request)));
            case CallEvent.Recorded(var record) ->
                    Optional.of(
                            new ProducerRecord<>(
                                    Topics.CALL_RECORDS.name(),
                                    partition,
                                    record.call().toString(),
                                    Topics.CALL_RECORDS.codec().encode(record)));
            case CallEvent.RecordingOrdered(var command) ->
                    Optional.of(
                            new ProducerRecord<>(
                                    Topics.RECORDING_COMMANDS.name(),
                                    command.recording().toString(),
                                    Topics.RECORDING_COMMANDS.codec().encode(command)));
            case CallEvent.Created _,
                    CallEvent.Offered _,
                    CallEvent.Gathered _,
                    CallEvent.Owned _,
                    CallEvent.PlacedAnew _,
                    CallEvent.HandOverBegan _,
                    CallEvent.LegHandedOver _,
                    CallEvent.HandOverEnded _,
                    CallEvent.LegInherited _,
                    CallEvent.LegLeaving _,
                    CallEvent.OperationGotLeg _,
                    CallEvent.IncomingTold _,
                    CallEvent.IncomingSettled _,
                    CallEvent.ConnectionMade _,
                    CallEvent.LegAdded _,
                    CallEvent.LegTaken _,
                    CallEvent.LegMuted _,
                    CallEvent.LegHeld _,
                    CallEvent.ListeningBegan _,
                    CallEvent.ListeningEnded _,
                    CallEvent.LegRang _,
                    CallEvent.LegAnswered _,
                    CallEvent.LegChanged _,
                    CallEvent.ToneHeard _,
                    CallEvent.LegOver _,
                    CallEvent.ConnectionLeft _,
                    CallEvent.RosterTold _,
                    CallEvent.OperationAccepted _,
                    CallEvent.OperationHeard _,
                    CallEvent.ToneCollected _,
                    CallEvent.OperationMoved _,
                    CallEvent.OperationOver _,
                    CallEvent.RecordingChanged _,
                    CallEvent.StreamChanged _,
                    CallEvent.SettlingBegan _,
                    CallEvent.EndBegan _,
                    CallEvent.Ended _,
                    CallEvent.Forgotten _,
                    CallEvent.TimerSet _,
                    CallEvent.Answered _ ->
                    Optional.empty();
        };
    }

    private static void copy(Headers from, Headers to, String name) {
        Header header = from.lastHeader(name);
        if (header != null) {
            to.add(header);
        }
    }

    private static UndecodableException undecodable(String reason) {
        return new UndecodableException(reason, new IllegalArgumentException(reason));
    }
}
