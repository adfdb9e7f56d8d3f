package io.strowger.worker.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaEvent.RecordingAudioLost;
import io.strowger.contracts.media.MediaEvent.RecordingStopped;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.recording.AudioRing;
import io.strowger.worker.core.recording.Tape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The writer turn by turn, with a Kafka client that answers when it is told to.
class RecordingWriterTest implements MediaFacts {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final RecordingId ID = new RecordingId(7, 1);
    private final List<MediaEvent> events = new ArrayList<>();
    private final List<SlowClient> clients = new ArrayList<>();
    private final Telemetry telemetry = new Telemetry();
    private final RecordingWriter writer =
            new RecordingWriter(
                    () -> {
                        clients.add(new SlowClient());
                        return clients.getLast();
                    },
                    telemetry,
                    this);

    /// Takes records, or says at once that it has no room, as the real one does.
    private static final class SlowClient extends MockProducer<String, byte[]> {
        boolean full;

        SlowClient() {
            super(false, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(
                ProducerRecord<String, byte[]> record, @Nullable Callback told) {
            if (!full || told == null) {
                return super.send(record, told);
            }
            TimeoutException refusal = new TimeoutException("no room");
            told.onCompletion(null, refusal);
            return java.util.concurrent.CompletableFuture.failedFuture(refusal);
        }
    }

    @Override
    public void happened(ServerCallId call, MediaEvent event) {
        assertEquals(ID.call(), call);
        events.add(event);
    }

    @Override
    public void legSilent(ServerCallId call, LegId leg) {
        throw new AssertionError("no leg here");
    }

    @AfterEach
    void close() {
        telemetry.close();
    }

    private Tape open() {
        AudioRing ring =
                writer.open(
                        ID.call(),
                        new MediaCommand.StartRecording(
                                ID, Instant.EPOCH, 0, ChannelType.MIXED, List.of(), false));
        return new Tape(ring, 0, 1, false);
    }

    private static void frames(Tape tape, int count) {
        int[] sums = new int[160];
        sums[0] = 1;
        for (int i = 0; i < count; i++) {
            if (tape.turn()) {
                tape.take(sums);
                tape.turned();
            }
        }
    }

    private List<Long> positions(SlowClient client) throws Exception {
        List<Long> positions = new ArrayList<>();
        for (ProducerRecord<String, byte[]> record : client.history()) {
            AudioChunk chunk = Topics.RECORDING_AUDIO.codec().decode(record.value());
            assertEquals(ID.toString(), record.key());
            positions.add(chunk.position());
        }
        return positions;
    }

    @Test
    void theEndIsToldWhenAllHasBeenAcknowledgedAndNotBefore() throws Exception {
        Tape tape = open();
        frames(tape, 15);
        tape.end();
        writer.turn(0);
        SlowClient client = clients.getFirst();
        assertEquals(List.of(0L, 1600L), positions(client));

        client.completeNext();
        writer.turn(1);
        assertEquals(List.of(), events);
        client.completeNext();
        writer.turn(2);
        writer.turn(3);

        assertEquals(List.of(new RecordingStopped(ID, 2400)), events);
    }

    @Test
    void whatKafkaRefusesIsReportedLost() {
        Tape tape = open();
        frames(tape, 30);
        writer.turn(0);
        SlowClient client = clients.getFirst();

        client.completeNext();
        client.errorNext(new TimeoutException("too long"));
        client.errorNext(new TimeoutException("too long"));
        writer.turn(1);
        tape.end();
        writer.turn(2);

        assertEquals(
                List.of(new RecordingAudioLost(ID, 1600, 3200), new RecordingStopped(ID, 4800)),
                events);
        assertTrue(
                telemetry
                        .scrape()
                        .contains("strowger_recording_chunks_fed_total{outcome=\"lost\"} 2.0"));
    }

    @Test
    void whatFindsNoRoomInTheClientWaitsAndWhatFindsNoneBeforeItIsLost() throws Exception {
        Tape tape = open();
        writer.turn(0);
        SlowClient client = clients.getFirst();
        client.full = true;
        frames(tape, 40);
        writer.turn(1);
        frames(tape, 60);
        writer.turn(2);
        client.full = false;
        writer.turn(3);
        frames(tape, 10);
        tape.end();
        writer.turn(4);
        while (client.completeNext()) {
            writer.turn(5);
        }

        assertEquals(
                List.of(0L, 1600L, 3200L, 4800L, 6400L, 8000L, 9600L, 11200L, 16000L),
                positions(client));
        assertEquals(
                List.of(new RecordingAudioLost(ID, 12_800, 3200), new RecordingStopped(ID, 17_600)),
                events);
    }

    @Test
    void aClientThatNeverHasRoomHoldsUpNoEndForEver() {
        Tape tape = open();
        writer.turn(0);
        clients.getFirst().full = true;
        frames(tape, 10);
        tape.end();
        writer.turn(1);
        writer.turn(89 * SECOND);
        assertEquals(List.of(), events);

        writer.turn(91 * SECOND);

        assertEquals(
                List.of(new RecordingAudioLost(ID, 0, 1600), new RecordingStopped(ID, 1600)),
                events);
    }

    @Test
    void nothingOfAnAbandonedRecordingIsWrittenOrTold() throws Exception {
        Tape tape = open();
        frames(tape, 10);
        writer.turn(0);
        frames(tape, 10);
        tape.abandon();
        writer.turn(1);
        writer.turn(2);

        assertEquals(List.of(0L), positions(clients.getFirst()));
        assertTrue(clients.getFirst().closed());
        assertEquals(2, clients.size());
        assertEquals(List.of(), events);
    }

    @Test
    void aClientThatIsBrokenIsReplacedAndWhatWaitsGoesToTheNext() throws Exception {
        Tape tape = open();
        writer.turn(0);
        clients.getFirst().sendException =
                new org.apache.kafka.common.KafkaException("in a fatal state");
        frames(tape, 10);
        writer.turn(1);
        writer.turn(SECOND + 1);

        assertTrue(clients.getFirst().closed());
        assertEquals(List.of(0L), positions(clients.getLast()));
        assertEquals(2, clients.size());
    }
}
