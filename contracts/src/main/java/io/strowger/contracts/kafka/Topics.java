package io.strowger.contracts.kafka;

import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.call.RunningCalls;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.media.WorkerReport;
import io.strowger.contracts.recording.AudioChunk;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.contracts.sip.Registration;
import java.time.Duration;
import java.util.List;

/// All topics. Keyed by `serverCallId` unless said; partitions of all call-keyed topics correspond
/// (same number, same key).
public final class Topics {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int WORKER_SLOTS = 64;
    private static final int REPLY_SLOTS = 32;

    /// Gateway to orchestrator. Headers: [KafkaHeaders].
    public static final Topic<CallRequest> CALL_COMMANDS =
            new Topic<>("call.commands", Codec.json(CallRequest.class), TopicLayout.byCall(WEEK));

    /// Orchestrator to the one gateway that reads the partition named in the command's header.
    public static final Topic<CallReply> CALL_REPLIES =
            new Topic<>(
                    "call.replies",
                    Codec.json(CallReply.class),
                    TopicLayout.fixed(REPLY_SLOTS, Duration.ofMinutes(10)));

    /// Every event as told to each connection: webhooks, analytics.
    public static final Topic<EventRecord> CALL_EVENTS =
            new Topic<>("call.events", Codec.json(EventRecord.class), TopicLayout.byCall(WEEK));

    /// The orchestrator's state of each call, JSON; null when forgotten.
    public static final Topic<byte[]> CALL_STATE =
            new Topic<>("call.state", Codec.bytes(), TopicLayout.byCallCompacted());

    /// How many calls of each application go on in each partition of `call.state`; keyed by the
    /// partition's number. Written and read by the orchestrators while `calls.maxConcurrent` is
    /// set.
    public static final Topic<RunningCalls> CALL_COUNTS =
            new Topic<>(
                    "call.counts", Codec.json(RunningCalls.class), TopicLayout.fixedCompacted(1));

    /// One call detail record a call.
    public static final Topic<CallRecord> CALL_RECORDS =
            new Topic<>(
                    "call.records",
                    Codec.json(CallRecord.class),
                    TopicLayout.byCall(Duration.ofDays(30)));

    /// Orchestrator to worker; the partition is the worker's ordinal.
    public static final Topic<MediaOrder> MEDIA_COMMANDS =
            new Topic<>(
                    "media.commands",
                    Codec.json(MediaOrder.class),
                    TopicLayout.fixed(WORKER_SLOTS, Duration.ofMinutes(10)));

    /// Worker to orchestrator.
    public static final Topic<MediaReport> MEDIA_EVENTS =
            new Topic<>("media.events", Codec.json(MediaReport.class), TopicLayout.byCall(WEEK));

    /// Heartbeats; keyed by the worker's ordinal.
    public static final Topic<WorkerReport> MEDIA_WORKERS =
            new Topic<>(
                    "media.workers", Codec.json(WorkerReport.class), TopicLayout.fixedCompacted(1));

    /// Where users can be reached: one record a contact, see [Registration]. Written by the worker
    /// that took the REGISTER, read whole by every worker.
    public static final Topic<Registration> SIP_REGISTRATIONS =
            new Topic<>(
                    "sip.registrations",
                    Codec.json(Registration.class),
                    TopicLayout.fixedCompacted(1));

    /// Orchestrator to recording-service, keyed by recording.
    public static final Topic<RecordingCommand> RECORDING_COMMANDS =
            new Topic<>(
                    "recording.commands",
                    Codec.json(RecordingCommand.class),
                    TopicLayout.byCall(WEEK));

    /// Recording-service to orchestrator.
    public static final Topic<RecordingEvent> RECORDING_EVENTS =
            new Topic<>(
                    "recording.events", Codec.json(RecordingEvent.class), TopicLayout.byCall(WEEK));

    /// Worker to recording-service, keyed by recording as its commands are: both are on partitions
    /// of the same number.
    public static final Topic<AudioChunk> RECORDING_AUDIO =
            new Topic<>(
                    "recording.audio",
                    new AudioChunkCodec(),
                    TopicLayout.byCall(Duration.ofDays(2)));

    /// Webhook deliveries that wait for a retry, keyed by call; null when accepted or given up.
    public static final Topic<byte[]> CALLBACK_DELIVERIES =
            new Topic<>("callback.deliveries", Codec.bytes(), TopicLayout.byCallCompacted());

    /// Receivers of webhooks that want no more (410 Gone), for a day; null when they are asked
    /// again.
    public static final Topic<byte[]> CALLBACK_STOPS =
            new Topic<>("callback.stops", Codec.bytes(), TopicLayout.fixedCompacted(1));

    /// Secrets and settings that all services share, keyed by name.
    public static final Topic<byte[]> PLATFORM_SETTINGS =
            new Topic<>("platform.settings", Codec.bytes(), TopicLayout.fixedCompacted(1));

    private Topics() {}

    public static List<Topic<?>> all() {
        return List.of(
                CALL_COMMANDS,
                CALL_REPLIES,
                CALL_EVENTS,
                CALL_STATE,
                CALL_COUNTS,
                CALL_RECORDS,
                MEDIA_COMMANDS,
                MEDIA_EVENTS,
                MEDIA_WORKERS,
                SIP_REGISTRATIONS,
                RECORDING_COMMANDS,
                RECORDING_EVENTS,
                RECORDING_AUDIO,
                CALLBACK_DELIVERIES,
                CALLBACK_STOPS,
                PLATFORM_SETTINGS);
    }
}
