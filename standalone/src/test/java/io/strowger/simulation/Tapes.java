package io.strowger.simulation;

import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingCommand.Pause;
import io.strowger.recording.core.finish.FinishPlan;
import io.strowger.recording.core.finish.FinishPlan.Silence;
import io.strowger.recording.core.timeline.Spans;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Holds files of recordings against the audio that reached Kafka.
final class Tapes {
    private final World world;

    Tapes(World world) {
        this.world = world;
    }

    /// A file is being made: in it is all audio of the log up to `barrier`, its silences lie apart
    /// and within it, its pauses are in order.
    void finished(TopicPartition audio, long barrier, FinishPlan plan) {
        RecordingId id = plan.finish().recording();
        Spans missing = new Spans();
        long end = 0;
        for (Silence silence : plan.silences()) {
            if (silence.span().position() < end || silence.span().end() > plan.samples()) {
                world.judge.wrong("silences of " + id + " overlap: " + plan.silences());
            }
            end = silence.span().end();
            if (silence.cause() == FinishPlan.Cause.NOT_RECEIVED) {
                missing.add(silence.span().position(), silence.span().end());
            }
        }
        for (ConsumerRecord<String, byte[]> record :
                world.kafka.all(audio).subList(0, (int) barrier)) {
            AudioChunk chunk = SimKafka.decoded(Topics.RECORDING_AUDIO.codec(), record.value());
            if (record.key().equals(id.toString())
                    && missing.remove(chunk.position(), chunk.position() + chunk.samples())) {
                world.judge.wrong("audio of " + id + " is lost at " + chunk.position());
            }
        }
        checkPauses(id, plan);
    }

    private void checkPauses(RecordingId id, FinishPlan plan) {
        long position = 0;
        for (Pause pause : plan.finish().pauses()) {
            if (pause.position() < position || pause.duration().isNegative()) {
                world.judge.wrong("pauses of " + id + ": " + plan.finish().pauses());
            }
            position = pause.position();
        }
    }

    /// Each recording that was accepted has ended once.
    void check(List<EventRecord> told) {
        for (Application.Asked asked : world.application.asked()) {
            if (asked.answer instanceof CallReply.RecordingDescribed(var recording, var _)
                    && asked.ask.kind() == Plan.Ask.Kind.RECORD) {
                long ends = told.stream().filter(one -> isEnd(one.event(), recording)).count();
                if (ends != 1) {
                    world.judge.wrong(ends + " ends of the recording of " + asked.ask);
                }
            }
        }
    }

    private static boolean isEnd(SubscriberEvent event, RecordingId recording) {
        return switch (event) {
            case SubscriberEvent.RecordingFileStatusUpdated updated ->
                    updated.recording().equals(recording);
            case SubscriberEvent.StartRecordingFailed failed ->
                    failed.recording().equals(recording);
            default -> false;
        };
    }
}
