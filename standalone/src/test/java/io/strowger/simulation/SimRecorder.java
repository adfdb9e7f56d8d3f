package io.strowger.simulation;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.recording.core.finish.FinishPlan;
import io.strowger.recording.core.offset.AudioReading;
import io.strowger.recording.core.offset.Unsettled;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// A recording-service with a disk of its own: where audio belongs, what is missing, what may be
/// committed and what becomes of a file are decided as they are; files are not made.
final class SimRecorder extends SimProcess {
    private static final String GROUP = "recording-service";
    private static final URI STORE = URI.create("https://store.example/");
    private static final long CHECKPOINT_MS = 2_000;
    private final SplittableRandom random;
    private final List<Part> parts = new ArrayList<>();
    private long checkedMs;

    /// A partition of both topics.
    private static final class Part {
        final TopicPartition audio;
        final TopicPartition commands;
        final AudioReading reading = new AudioReading();
        final Unsettled unsettled = new Unsettled();
        final Map<RecordingId, Finishing> finishing = new LinkedHashMap<>();
        long audioPosition;
        long commandsPosition;

        Part(int number) {
            audio = new TopicPartition(Topics.RECORDING_AUDIO.name(), number);
            commands = new TopicPartition(Topics.RECORDING_COMMANDS.name(), number);
        }
    }

    /// A file that waits for its audio, up to `barrier`.
    private record Finishing(RecordingCommand.Finish command, List<Long> offsets, long barrier) {}

    SimRecorder(World world, String name, SplittableRandom random) {
        super(world, name);
        this.random = random;
    }

    void start() {
        for (int number = 0; number < SimKafka.PARTITIONS; number++) {
            Part part = new Part(number);
            part.audioPosition = world.kafka.offset(GROUP, part.audio);
            part.commandsPosition = world.kafka.offset(GROUP, part.commands);
            parts.add(part);
        }
        turn();
    }

    private void turn() {
        if (hasKafka()) {
            for (Part part : parts) {
                readAudio(part);
                readCommands(part);
                List.copyOf(part.finishing.values()).forEach(one -> finish(part, one));
            }
            if (world.time.nowMs() - checkedMs >= CHECKPOINT_MS) {
                checkedMs = world.time.nowMs();
                checkpoint();
            }
        }
        later(world.lookMs(), this::turn);
    }

    private void readAudio(Part part) {
        for (ConsumerRecord<String, byte[]> record :
                world.kafka.read(part.audio, part.audioPosition)) {
            part.audioPosition = record.offset() + 1;
            RecordingId id = RecordingId.parse(record.key());
            AudioChunk chunk = SimKafka.decoded(Topics.RECORDING_AUDIO.codec(), record.value());
            switch (part.reading.take(id, record.offset(), chunk.position(), known(id))) {
                case WRITE ->
                        world.disk.begin(id).timeline.arrived(chunk.position(), chunk.samples());
                case WANT ->
                        part.reading.want(
                                id,
                                new AudioReading.Origin(chunk.startedAt().toEpochMilli(), 0),
                                world.time.nowNs());
                case PASS_OVER, LATER, SEEN -> {
                    // It belongs to nothing that grows, or comes again.
                }
            }
        }
        readAgain(part);
    }

    private AudioReading.Known known(RecordingId id) {
        SimDisk.Spooled spooled = world.disk.find(id);
        if (spooled == null || spooled.done == null && spooled.timeline.end() == 0) {
            return AudioReading.Known.NOTHING;
        }
        return spooled.done == null ? AudioReading.Known.SPOOLED : AudioReading.Known.CLOSED;
    }

    private void readAgain(Part part) {
        part.reading.reached(part.audioPosition);
        List<AudioReading.Origin> due = part.reading.due(world.time.nowNs());
        if (!due.isEmpty()) {
            long to = AudioReading.lowestOffset(due).orElse(part.audioPosition);
            part.reading.reread(to, part.audioPosition);
            part.audioPosition = Math.min(to, part.audioPosition);
        }
    }

    private void readCommands(Part part) {
        for (ConsumerRecord<String, byte[]> record :
                world.kafka.read(part.commands, part.commandsPosition)) {
            part.commandsPosition = record.offset() + 1;
            part.unsettled.began(record.offset());
            RecordingCommand command =
                    SimKafka.decoded(Topics.RECORDING_COMMANDS.codec(), record.value());
            world.trace(name, () -> "is told " + command);
            RecordingId id = command.recording();
            switch (command) {
                case RecordingCommand.Open _ ->
                        report(
                                part,
                                new RecordingEvent.Opened(id),
                                List.of(record.offset()),
                                random.nextInt(200));
                case RecordingCommand.Finish finish ->
                        part.finishing
                                .computeIfAbsent(
                                        id,
                                        unused ->
                                                new Finishing(
                                                        finish,
                                                        new ArrayList<>(),
                                                        world.kafka.end(part.audio)))
                                .offsets
                                .add(record.offset());
            }
        }
    }

    private void finish(Part part, Finishing one) {
        RecordingId id = one.command.recording();
        SimDisk.Spooled spooled = world.disk.begin(id);
        RecordingEvent.Finished done = spooled.done;
        if (done == null) {
            if (part.reading.consumed(part.audioPosition) < one.barrier
                    || part.reading.isIncomplete(id)) {
                return;
            }
            FinishPlan plan =
                    FinishPlan.of(
                            one.command,
                            new FinishPlan.Spooled(
                                    AudioChunk.SAMPLE_RATE,
                                    spooled.timeline.end(),
                                    spooled.timeline.gaps(),
                                    1));
            world.tapes.finished(part.audio, one.barrier, plan);
            done = new RecordingEvent.Finished(id, file(id, plan));
            spooled.done = done;
        }
        part.finishing.remove(id);
        report(part, done, one.offsets, random.nextInt(500));
    }

    private static RecordingEvent.RecordingFile file(RecordingId id, FinishPlan plan) {
        URI where = STORE.resolve(id.toString());
        return new RecordingEvent.RecordingFile(
                id.toString(),
                where,
                where,
                where,
                Duration.ofMillis(plan.samples() * 1_000 / plan.sampleRate()),
                plan.samples() * 2,
                "0".repeat(64));
    }

    /// Its commands are settled when the report is in the log.
    private void report(Part part, RecordingEvent event, List<Long> offsets, long afterMs) {
        later(
                afterMs,
                () -> {
                    if (!hasKafka()) {
                        report(part, event, offsets, 100);
                        return;
                    }
                    world.kafka.append(
                            new ProducerRecord<>(
                                    Topics.RECORDING_EVENTS.name(),
                                    event.recording().call().toString(),
                                    Topics.RECORDING_EVENTS.codec().encode(event)));
                    offsets.forEach(part.unsettled::settled);
                });
    }

    private void checkpoint() {
        world.disk.force();
        for (Part part : parts) {
            world.kafka.commit(
                    GROUP,
                    Map.of(
                            part.audio,
                            part.reading.consumed(part.audioPosition),
                            part.commands,
                            part.unsettled.safe(part.commandsPosition)));
        }
    }

    @Override
    void died() {
        world.disk.fail();
    }
}
