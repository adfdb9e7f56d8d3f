package io.strowger.simulation;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.worker.core.recording.Account;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A recording in a worker: silent pieces, as many as time passes, on their way to the log; the
/// account of what arrived is as it is.
final class SimTape {
    private static final int SAMPLES_A_MS = AudioChunk.SAMPLE_RATE / 1_000;
    private static final int MOST_SAMPLES = 8_000;

    /// What waits for Kafka at most.
    private static final int MOST_UNDER_WAY = 40;

    private final SimWorker worker;
    private final MediaCommand.StartRecording command;
    private final RecordingId id;
    private final Account account;
    private final BiConsumer<ServerCallId, MediaEvent> happened;
    private long position;
    private long takenUntilMs;
    private boolean paused;
    private long pausedAtMs;

    SimTape(
            SimWorker worker,
            MediaCommand.StartRecording command,
            BiConsumer<ServerCallId, MediaEvent> happened) {
        this.worker = worker;
        this.command = command;
        this.id = command.recording();
        this.account = new Account(id, command.position());
        this.happened = happened;
        this.position = command.position();
        this.takenUntilMs = nowMs();
        this.paused = command.paused();
        this.pausedAtMs = nowMs();
    }

    private long nowMs() {
        return worker.world.time.nowMs();
    }

    /// Time has passed.
    void turn() {
        if (!paused && nowMs() - takenUntilMs >= 1_000) {
            take();
        }
        account.due(worker.world.time.nowNs()).forEach(event -> happened.accept(id.call(), event));
    }

    /// Hands over what there is.
    private void take() {
        long samples = (nowMs() - takenUntilMs) * SAMPLES_A_MS;
        takenUntilMs = nowMs();
        while (samples > 0) {
            int piece = (int) Math.min(samples, MOST_SAMPLES);
            if (account.underWay() < MOST_UNDER_WAY) {
                send(position, piece);
            }
            position += piece;
            samples -= piece;
        }
    }

    private void send(long from, int samples) {
        account.sent(from, samples);
        AudioChunk chunk =
                new AudioChunk(
                        command.startedAt(), AudioChunk.SAMPLE_RATE, from, 0, samples, new byte[0]);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.RECORDING_AUDIO.name(),
                        id.toString(),
                        Topics.RECORDING_AUDIO.codec().encode(chunk));
        worker.later(2, () -> write(record));
    }

    private void write(ProducerRecord<String, byte[]> record) {
        if (worker.hasKafka()) {
            worker.write(record);
            account.arrived();
        } else {
            worker.later(100, () -> write(record));
        }
    }

    void pause() {
        if (!paused) {
            take();
            paused = true;
            pausedAtMs = nowMs();
            happened.accept(id.call(), new MediaEvent.RecordingPaused(id, position));
        }
    }

    void resume() {
        if (paused) {
            paused = false;
            takenUntilMs = nowMs();
            happened.accept(
                    id.call(),
                    new MediaEvent.RecordingResumed(
                            id, position, Duration.ofMillis(nowMs() - pausedAtMs)));
        }
    }

    /// The last piece, then the word that it was the last.
    void stop() {
        if (!paused) {
            take();
        }
        account.ended(position);
        settle();
    }

    private void settle() {
        account.due(worker.world.time.nowNs()).forEach(event -> happened.accept(id.call(), event));
        if (!account.isStopped()) {
            worker.later(20, this::settle);
        }
    }
}
