package io.strowger.recording.shell.kafka;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.recording.core.offset.AudioReading.Known;
import io.strowger.recording.core.offset.AudioReading.Origin;
import io.strowger.recording.core.spool.Spool;
import io.strowger.recording.core.spool.SpooledRecording;
import io.strowger.recording.core.wav.WavHeader;
import io.strowger.runtime.log.LogFields;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts chunks where they belong. For the reading thread.
final class AudioIntake {
    private static final Logger LOG = LoggerFactory.getLogger(AudioIntake.class);

    /// Recordings that are not on this disk are looked for together: each shows itself within that.
    private static final long GATHER_NS = Duration.ofSeconds(1).toNanos();

    private final Spool spool;
    private final Predicate<RecordingId> closed;
    private final Reports reports;
    private final RecordingMeters meters;

    /// @param closed whether a recording takes no more audio
    AudioIntake(
            Spool spool, Predicate<RecordingId> closed, Reports reports, RecordingMeters meters) {
        this.spool = spool;
        this.closed = closed;
        this.reports = reports;
        this.meters = meters;
    }

    /// @throws IOException when the spool cannot be written: the record is to be read again
    void take(OwnedPartition partition, ConsumerRecord<String, byte[]> record) throws IOException {
        RecordingId recording;
        AudioChunk chunk;
        try {
            recording = id(record.key());
            chunk = chunk(record.value());
            SpooledRecording known = partition.recordings.get(recording);
            if (known != null
                    && known.samples() > 0
                    && known.state().sampleRate() != chunk.sampleRate()) {
                throw new UndecodableException(
                        "not the sample rate of its recording", new IllegalArgumentException());
            }
        } catch (UndecodableException e) {
            reports.bury(record, String.valueOf(e.getMessage()));
            return;
        }
        switch (partition.reading.take(
                recording, record.offset(), chunk.position(), known(partition, recording))) {
            case WRITE -> write(partition, recording, chunk);
            case PASS_OVER -> meters.passedOver();
            case WANT ->
                    partition.reading.want(
                            recording,
                            new Origin(chunk.startedAt().toEpochMilli(), -1),
                            System.nanoTime() + GATHER_NS);
            case LATER, SEEN -> {
                // Read again, or safe already.
            }
        }
    }

    private Known known(OwnedPartition partition, RecordingId recording) {
        SpooledRecording spooled = partition.recordings.get(recording);
        if (closed.test(recording)
                || spooled != null
                        && (spooled.state().done() != null || spooled.state().refusal() != null)) {
            return Known.CLOSED;
        }
        return spooled == null || spooled.samples() == 0 ? Known.NOTHING : Known.SPOOLED;
    }

    private void write(OwnedPartition partition, RecordingId recording, AudioChunk chunk)
            throws IOException {
        SpooledRecording spooled = partition.recordings.get(recording);
        if (spooled == null) {
            spooled =
                    spool.begin(recording, partition.number, chunk.startedAt(), chunk.sampleRate());
            partition.recordings.put(recording, spooled);
        }
        if (spooled.samples() == 0 && spooled.state().sampleRate() != chunk.sampleRate()) {
            spooled.keep(spooled.state().withSampleRate(chunk.sampleRate()));
        }
        if (partition.reading.isIncomplete(recording) && !spooled.state().incomplete()) {
            spooled.keep(spooled.state().incomplete(true));
        }
        long missing = spooled.write(chunk);
        meters.written(chunk.pcm().length);
        if (missing > 0) {
            meters.gap();
            LOG.atWarn()
                    .addKeyValue(LogFields.SERVER_CALL_ID, recording.call())
                    .addKeyValue("samples", missing)
                    .addKeyValue("position", chunk.position() - missing)
                    .log("audio is missing: silence in its place");
        }
    }

    private static RecordingId id(String key) throws UndecodableException {
        try {
            return RecordingId.parse(String.valueOf(key));
        } catch (IllegalArgumentException e) {
            throw new UndecodableException("not keyed by a recording", e);
        }
    }

    private static AudioChunk chunk(byte[] value) throws UndecodableException {
        if (value == null) {
            throw new UndecodableException("no value", new IllegalArgumentException());
        }
        AudioChunk chunk = Topics.RECORDING_AUDIO.codec().decode(value);
        if (chunk.position() > WavHeader.MOST_MONO_SAMPLES - chunk.samples()) {
            throw new UndecodableException(
                    "beyond the end of what a recording can be", new IllegalArgumentException());
        }
        return chunk;
    }
}
