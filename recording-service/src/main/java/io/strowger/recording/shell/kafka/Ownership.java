package io.strowger.recording.shell.kafka;

import io.strowger.recording.core.offset.AudioReading.Origin;
import io.strowger.recording.core.spool.Spool;
import io.strowger.recording.core.spool.SpooledRecording;
import io.strowger.runtime.log.LogFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes partitions over and lets them go, between two turns. For the reading thread.
final class Ownership implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private final RecordingLog log;
    private final Spool spool;
    private final Recordings recordings;
    private final Checkpoints checkpoints;
    private boolean moving;

    Ownership(RecordingLog log, Spool spool, Recordings recordings, Checkpoints checkpoints) {
        this.log = log;
        this.spool = spool;
        this.recordings = recordings;
        this.checkpoints = checkpoints;
    }

    /// Whether partitions were taken away and not given again yet: several polls can lie between.
    /// Nothing can be asked about them then.
    boolean isMoving() {
        return moving;
    }

    /// All partitions are taken away at each change of the group; most come back at once. So
    /// nothing is let go yet.
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        if (!revoked.isEmpty() && !moving) {
            checkpoints.now();
            moving = true;
        }
    }

    /// Another may read them already: nothing more is written for them.
    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        for (int number : audioOf(lost)) {
            letGo(number);
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        moving = false;
        Set<Integer> numbers = audioOf(assigned);
        for (OwnedPartition one : List.copyOf(recordings.partitions())) {
            if (numbers.contains(one.number)) {
                one.reading.interrupted(System.nanoTime());
            } else {
                letGo(one.number);
            }
        }
        try {
            for (int number : numbers) {
                if (recordings.partition(number) == null) {
                    takeOver(number);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the spool cannot be read", e);
        }
    }

    private static Set<Integer> audioOf(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> partition.topic().equals(RecordingLog.AUDIO))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }

    private void letGo(int number) {
        OwnedPartition lost = recordings.disown(number);
        if (lost != null) {
            for (SpooledRecording one : lost.recordings.values()) {
                try {
                    spool.release(one);
                } catch (IOException e) {
                    throw new UncheckedIOException("a file of the spool cannot be closed", e);
                }
            }
        }
    }

    /// Recordings on this disk lack what another instance read meanwhile.
    private void takeOver(int number) throws IOException {
        long committed = log.committedAudio(number);
        long covered = spool.covered(number).orElse(-1);
        OwnedPartition partition =
                new OwnedPartition(
                        number,
                        new RecordingLog.Offsets(
                                log.audioPosition(number), log.commandsPosition(number)),
                        covered);
        int lacking = 0;
        for (SpooledRecording one : spool.load(number)) {
            partition.recordings.put(one.recording(), one);
            boolean takesAudio = one.state().done() == null && one.state().refusal() == null;
            boolean lacks = one.state().incomplete() || covered < committed;
            if (takesAudio && lacks && one.samples() > 0) {
                lacking++;
                partition.reading.want(
                        one.recording(),
                        new Origin(
                                one.state().startedAt().toEpochMilli(),
                                one.state().incomplete() ? -1 : covered),
                        System.nanoTime());
            }
        }
        recordings.own(partition);
        LOG.atInfo()
                .addKeyValue(LogFields.PARTITION, number)
                .addKeyValue(LogFields.OFFSET, partition.safe.audio())
                .addKeyValue("recordings", partition.recordings.size())
                .addKeyValue("lacking", lacking)
                .log("partition taken over");
    }
}
