package io.strowger.recording.shell.kafka;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingCommand.Finish;
import io.strowger.contracts.recording.RecordingCommand.Open;
import io.strowger.recording.core.finish.Finisher;
import io.strowger.recording.core.offset.AudioReading;
import io.strowger.recording.core.offset.AudioReading.Origin;
import io.strowger.recording.core.spool.Spool;
import io.strowger.recording.core.spool.SpooledRecording;
import io.strowger.runtime.log.LogFields;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life on the log, turn by turn: what was polled is spooled, commands are taken up, what
/// others finished is noted, and what is safe is committed. For one thread.
final class Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final Duration POLL = Duration.ofMillis(50);

    /// How far clocks may be apart.
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final RecordingLog log;
    private final Reports reports;
    private final Inbox inbox;
    private final RecordingMeters meters;
    private final Recordings recordings = new Recordings();
    private final Stall stall;
    private final AudioIntake intake;
    private final Openings openings;
    private final Finishes finishes;
    private final Checkpoints checkpoints;
    private final Leftovers leftovers;
    private final Growth growth;
    private final Ownership ownership;

    Recorder(
            RecordingLog log,
            Spool spool,
            Finisher finisher,
            Reports reports,
            Inbox inbox,
            RecordingMeters meters) {
        this.log = log;
        this.reports = reports;
        this.inbox = inbox;
        this.meters = meters;
        this.stall = new Stall(meters);
        this.openings = new Openings(spool, recordings, finisher, reports, inbox);
        this.finishes = new Finishes(spool, recordings, finisher, reports, inbox, meters);
        this.intake =
                new AudioIntake(
                        spool,
                        recording -> recordings.isOver(recording) || finishes.isSealed(recording),
                        reports,
                        meters);
        this.checkpoints = new Checkpoints(spool, recordings, log, reports, stall);
        this.leftovers = new Leftovers(spool, recordings, finisher, finishes, inbox);
        this.growth = new Growth(recordings, finisher, finishes);
        this.ownership = new Ownership(log, spool, recordings, checkpoints);
    }

    Ownership ownership() {
        return ownership;
    }

    void turn() {
        log.pauseAudio(stall.waits(System.nanoTime()));
        ConsumerRecords<String, byte[]> records = log.poll(POLL);
        for (TopicPartition partition : records.partitions()) {
            OwnedPartition owned = recordings.partition(partition.partition());
            if (owned == null) {
                throw new IllegalStateException("records of a partition not owned: " + partition);
            }
            if (partition.topic().equals(RecordingLog.COMMANDS)) {
                records.records(partition).forEach(record -> command(owned, record));
            } else {
                audio(owned, records.records(partition));
            }
        }
        inbox.work();
        if (ownership.isMoving()) {
            return;
        }
        recordings.partitions().forEach(this::readAgain);
        finishes.advance(
                log,
                one -> one.reading.consumed(log.audioPosition(one.number)),
                !checkpoints.isUnderWay());
        checkpoints.turn(System.nanoTime());
        leftovers.turn(System.nanoTime());
        growth.turn(System.nanoTime());
        meters.active(recordings.active());
    }

    /// Leaves nothing that would be read again.
    void stop() {
        if (!ownership.isMoving()) {
            checkpoints.now();
        }
    }

    private void audio(OwnedPartition owned, List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            if (stall.waits(System.nanoTime())) {
                log.seekAudio(owned.number, record.offset());
                return;
            }
            try {
                intake.take(owned, record);
            } catch (IOException e) {
                stall.failed(e, System.nanoTime());
                log.seekAudio(owned.number, record.offset());
                return;
            }
        }
    }

    private void command(OwnedPartition owned, ConsumerRecord<String, byte[]> record) {
        try {
            RecordingCommand command = decode(record);
            owned.commands.began(record.offset());
            switch (command) {
                case Open open ->
                        openings.open(owned, open, record.offset(), reports.span(record, open));
                case Finish finish ->
                        finishes.finish(
                                owned, finish, record.offset(), reports.span(record, finish));
            }
        } catch (UndecodableException e) {
            reports.bury(record, String.valueOf(e.getMessage()));
        }
    }

    private static RecordingCommand decode(ConsumerRecord<String, byte[]> record)
            throws UndecodableException {
        if (record.value() == null) {
            throw new UndecodableException("no value", new IllegalArgumentException());
        }
        RecordingCommand command = Topics.RECORDING_COMMANDS.codec().decode(record.value());
        if (!command.recording().toString().equals(record.key())) {
            throw new UndecodableException(
                    "not keyed by its recording", new IllegalArgumentException());
        }
        return command;
    }

    private void readAgain(OwnedPartition partition) {
        AudioReading reading = partition.reading;
        long position = log.audioPosition(partition.number);
        partition.completing.addAll(reading.reached(position));
        List<Origin> due = reading.due(System.nanoTime());
        if (due.isEmpty()) {
            return;
        }
        long to = position;
        Optional<Long> since = AudioReading.earliestMs(due);
        if (since.isPresent()) {
            Instant from = Instant.ofEpochMilli(since.get()).minus(SKEW);
            to = Math.min(to, log.audioSince(partition.number, from));
        }
        to = Math.min(to, AudioReading.lowestOffset(due).orElse(to));
        Collection<RecordingId> sought = reading.reread(to, position);
        LOG.atInfo()
                .addKeyValue(LogFields.PARTITION, partition.number)
                .addKeyValue(LogFields.OFFSET, to)
                .addKeyValue("until", position)
                .addKeyValue("recordings", sought.size())
                .log("audio that another instance read is read again");
        log.seekAudio(partition.number, to);
        sought.forEach(recording -> incomplete(partition, recording));
    }

    /// So that the next process knows, should this one end before all is read. A disk that cannot
    /// take this note takes no audio either, and then the offset stays.
    private void incomplete(OwnedPartition partition, RecordingId recording) {
        SpooledRecording spooled = partition.recordings.get(recording);
        try {
            if (spooled != null && !spooled.state().incomplete()) {
                spooled.keep(spooled.state().incomplete(true));
            }
        } catch (IOException e) {
            stall.failed(e, System.nanoTime());
        }
    }
}
