package io.strowger.recording.shell.kafka;

import io.strowger.contracts.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/// The two topics by the number of the partition, which both share. For the reading thread.
final class RecordingLog {
    static final String COMMANDS = Topics.RECORDING_COMMANDS.name();
    static final String AUDIO = Topics.RECORDING_AUDIO.name();

    private final Consumer<String, byte[]> consumer;

    RecordingLog(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /// Where reading stands, or may stand.
    record Offsets(long audio, long commands) {}

    void subscribe(ConsumerRebalanceListener listener) {
        consumer.subscribe(List.of(COMMANDS, AUDIO), listener);
    }

    ConsumerRecords<String, byte[]> poll(Duration timeout) {
        return consumer.poll(timeout);
    }

    static TopicPartition audio(int partition) {
        return new TopicPartition(AUDIO, partition);
    }

    static TopicPartition commands(int partition) {
        return new TopicPartition(COMMANDS, partition);
    }

    long audioPosition(int partition) {
        return consumer.position(audio(partition));
    }

    long commandsPosition(int partition) {
        return consumer.position(commands(partition));
    }

    void seekAudio(int partition, long offset) {
        consumer.seek(audio(partition), offset);
    }

    /// @return the first offset of a record written at `time` or later; that of the next one when
    ///   there is none
    long audioSince(int partition, Instant time) {
        TopicPartition audio = audio(partition);
        OffsetAndTimestamp found =
                consumer.offsetsForTimes(Map.of(audio, time.toEpochMilli())).get(audio);
        return found == null ? consumer.position(audio) : found.offset();
    }

    /// Where the audio of these partitions ends now.
    Map<Integer, Long> audioEnds(Collection<Integer> partitions) {
        Map<Integer, Long> ends = new HashMap<>();
        Set<TopicPartition> asked =
                partitions.stream().map(RecordingLog::audio).collect(Collectors.toSet());
        consumer.endOffsets(asked)
                .forEach((partition, end) -> ends.put(partition.partition(), end));
        return ends;
    }

    /// The committed offset of a partition's audio; -1: none.
    long committedAudio(int partition) {
        TopicPartition audio = audio(partition);
        OffsetAndMetadata committed = consumer.committed(Set.of(audio)).get(audio);
        return committed == null ? -1 : committed.offset();
    }

    void pauseAudio(boolean pause) {
        List<TopicPartition> audio =
                consumer.assignment().stream()
                        .filter(partition -> partition.topic().equals(AUDIO))
                        .toList();
        if (pause) {
            consumer.pause(audio);
        } else {
            consumer.resume(audio);
        }
    }

    /// Commits all at once.
    void commit(Map<Integer, Offsets> safe) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        safe.forEach((partition, at) -> {
            offsets.put(audio(partition), new OffsetAndMetadata(at.audio));
            offsets.put(commands(partition), new OffsetAndMetadata(at.commands));
        });
        consumer.commitSync(offsets);
    }
}
