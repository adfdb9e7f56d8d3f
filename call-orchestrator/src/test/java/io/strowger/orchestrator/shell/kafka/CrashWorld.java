package io.strowger.orchestrator.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Codec;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingEvent;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.runtime.telemetry.TraceHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The coordinator's surroundings, which do not crash: gateways that send each command again until
/// it is answered, and a worker that does what it is told and reports it. One step of each after
/// the other; each call is dialled, talks, hears two plays and is hung up.
final class CrashWorld {
    static final Placement PLACEMENT = new Placement(new WorkerId(0), 1, 1);
    static final Placement OTHER = new Placement(new WorkerId(1), 5, 1);
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    final InMemoryBroker broker = new InMemoryBroker();
    final List<ServerCallId> calls = new ArrayList<>();
    private final Map<ServerCallId, Integer> progress = new HashMap<>();
    private final SplittableRandom random;
    private final Map<WorkerId, Integer> ordersRead = new HashMap<>();
    private int commandsKept;
    private final Map<ServerCallId, RecordingId> recordings = new HashMap<>();
    private Instant now = START;

    /// What may carry calls; the first is gone once it was killed.
    private boolean killed;

    CrashWorld(long seed, int calls) {
        random = new SplittableRandom(seed);
        CallIds ids = new CallIds(new byte[32]);
        for (int i = 0; i < calls; i++) {
            ServerCallId call = ids.newCall(random);
            this.calls.add(call);
            progress.put(call, 0);
        }
    }

    /// Kills the worker that carries the calls. What it was told since and will be told has no
    /// effect; another one is there.
    void killWorker() {
        killed = true;
    }

    boolean isGone(Placement.Process process) {
        return killed && process.equals(PLACEMENT.process());
    }

    Placement candidate() {
        return killed ? OTHER : PLACEMENT;
    }

    boolean allTold(String event) {
        return calls.stream()
                .allMatch(call ->
                        told(call).stream().anyMatch(one -> name(one.event()).equals(event)));
    }

    static List<TopicPartition> inputs() {
        return List.of(
                new TopicPartition(Topics.CALL_COMMANDS.name(), 0),
                new TopicPartition(Topics.CALL_COMMANDS.name(), 1),
                new TopicPartition(Topics.MEDIA_EVENTS.name(), 0),
                new TopicPartition(Topics.MEDIA_EVENTS.name(), 1),
                new TopicPartition(Topics.RECORDING_EVENTS.name(), 0),
                new TopicPartition(Topics.RECORDING_EVENTS.name(), 1));
    }

    Instant now() {
        return now;
    }

    boolean isOver() {
        return records(Topics.CALL_RECORDS.name()).size() >= calls.size()
                && files() >= calls.size()
                && progress.values().stream().allMatch(step -> step >= script().size());
    }

    void step() {
        now = now.plusMillis(50);
        work();
        keep();
        calls.forEach(this::ask);
    }

    private record Scripted(String after, int times, String what) {}

    /// What the application asks in turn, each once it was told the event so many times.
    private static List<Scripted> script() {
        return List.of(
                new Scripted("", 0, "create"),
                new Scripted("", 0, "describe"),
                new Scripted("CallConnected", 1, "record"),
                new Scripted("", 0, "play 1"),
                new Scripted("", 0, "play 2"),
                new Scripted("PlayCompleted", 2, "hang up"));
    }

    private void ask(ServerCallId call) {
        int step = progress.getOrDefault(call, 0);
        if (step >= script().size()) {
            return;
        }
        CommandId command = new CommandId(new UUID(call.high(), step));
        if (replies(command).isEmpty()) {
            Scripted next = script().get(step);
            boolean isTime =
                    told(call).stream().filter(one -> name(one.event()).equals(next.after)).count()
                            >= next.times;
            if (isTime && random.nextInt(3) == 0) {
                send(call, command, command(call, next.what));
            }
        } else {
            progress.put(call, step + 1);
        }
    }

    /// A call to one phone.
    static CallCommand creation(ServerCallId call) {
        return new CallCommand.CreateCall(
                call.connection(1),
                List.of(new PhoneNumber("+15550100001")),
                null,
                null,
                null,
                URI.create("https://app.example/events"),
                null,
                new UUID(3, 4),
                Set.of(),
                null,
                null);
    }

    private static CallCommand command(ServerCallId call, String what) {
        return switch (what) {
            case "create" -> creation(call);
            case "describe" -> new CallCommand.DescribeCall(call.connection(1));
            case "record" ->
                    new CallCommand.StartRecording(
                            call,
                            null,
                            new OperationId(new UUID(call.high(), 99)),
                            new RecordingFormat(ChannelType.MIXED, FileFormat.WAV),
                            List.of(),
                            List.of(),
                            false,
                            URI.create("https://app.example/events"),
                            null);
            case "hang up" -> new CallCommand.HangUp(call.connection(1));
            default ->
                    new CallCommand.Play(
                            call.connection(1),
                            new OperationId(new UUID(call.high(), what.hashCode())),
                            List.of(
                                    new PlaySource.FileSource(
                                            URI.create("https://app.example/a.wav"), null)),
                            List.of(),
                            false,
                            false,
                            null,
                            null);
        };
    }

    /// Asks for a call, as part of a trace.
    void create(ServerCallId call, @Nullable TraceContext cause) {
        send(call, new CommandId(new UUID(call.high(), 0)), command(call, "create"), cause);
    }

    /// The same with the access key of that id.
    void createFor(String application, ServerCallId call) {
        CommandId id = new CommandId(new UUID(call.high(), 0));
        CallCommand create = command(call, "create");
        append(
                call,
                new CallRequest(id, null, ApiVersion.V2026_03_12, START, create, application),
                null);
    }

    void send(ServerCallId call, CommandId id, CallCommand command) {
        send(call, id, command, null);
    }

    private void send(
            ServerCallId call, CommandId id, CallCommand command, @Nullable TraceContext cause) {
        append(call, new CallRequest(id, null, ApiVersion.V2026_03_12, START, command), cause);
    }

    private void append(ServerCallId call, CallRequest request, @Nullable TraceContext cause) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.CALL_COMMANDS.name(),
                        partition(call),
                        call.toString(),
                        Topics.CALL_COMMANDS.codec().encode(request));
        record.headers()
                .add(KafkaHeaders.REPLY_PARTITION, "5".getBytes(StandardCharsets.UTF_8))
                .add(
                        KafkaHeaders.CORRELATION,
                        request.commandId().toString().getBytes(StandardCharsets.UTF_8));
        TraceHeaders.write(record.headers(), cause);
        broker.append(record);
    }

    int partition(ServerCallId call) {
        return (int) (call.high() & 1);
    }

    /// The worker: a report or two for each order.
    private void work() {
        work(PLACEMENT);
        work(OTHER);
    }

    private void work(Placement at) {
        List<MediaOrder> orders =
                decoded(Topics.MEDIA_COMMANDS.name(), Topics.MEDIA_COMMANDS.codec()).stream()
                        .filter(order -> order.placement().process().equals(at.process()))
                        .toList();
        int read = isGone(at.process()) ? orders.size() : ordersRead.getOrDefault(at.worker(), 0);
        for (MediaOrder order : orders.subList(read, orders.size())) {
            switch (order.command()) {
                case MediaCommand.Dial dial -> {
                    report(order, new MediaEvent.LegProgressed(dial.leg(), 180));
                    report(order, new MediaEvent.LegAnswered(dial.leg(), Dialogs.ANY));
                }
                case MediaCommand.StartPlay play -> {
                    report(order, new MediaEvent.PlayStarted(play.operationId()));
                    MediaEvent end =
                            new MediaEvent.PlayEnded(
                                    play.operationId(), PlayOutcome.COMPLETED, null, null);
                    report(order, end);
                    if (random.nextBoolean()) {
                        report(order, end); // reports may come twice
                    }
                }
                case MediaCommand.HangUpLeg(var leg) ->
                        report(
                                order,
                                new MediaEvent.LegEnded(
                                        leg, new LegEnd(LegEnd.Cause.LOCAL_HANG_UP, 200, "OK")));
                case MediaCommand.StartRecording start ->
                        recordings.put(order.call(), start.recording());
                case MediaCommand.ReleaseCall _ -> {
                    RecordingId recording = recordings.get(order.call());
                    if (recording != null) {
                        report(order, new MediaEvent.RecordingStopped(recording, 1600));
                    }
                }
                case MediaCommand.AdoptLeg adopt ->
                        report(order, new MediaEvent.LegAnswered(adopt.leg(), Dialogs.CARRIED_ON));
                case MediaCommand.HandOverCall _,
                        MediaCommand.AbandonCall _,
                        MediaCommand.StartStream _,
                        MediaCommand.StartTranscription _,
                        MediaCommand.UpdateTranscription _,
                        MediaCommand.StreamLeg _,
                        MediaCommand.StopStream _,
                        MediaCommand.RecordLeg _,
                        MediaCommand.PauseRecording _,
                        MediaCommand.ResumeRecording _,
                        MediaCommand.StopRecording _,
                        MediaCommand.RingLeg _,
                        MediaCommand.AnswerLeg _,
                        MediaCommand.RejectLeg _,
                        MediaCommand.MuteLeg _,
                        MediaCommand.PressTone _,
                        MediaCommand.HoldLeg _,
                        MediaCommand.UnholdLeg _,
                        MediaCommand.ReportTones _,
                        MediaCommand.SendTones _,
                        MediaCommand.NotifyReferrer _,
                        MediaCommand.ReleaseLeg _,
                        MediaCommand.StopPlay _,
                        MediaCommand.StartRecognize _,
                        MediaCommand.StopRecognize _ -> {
                    // Nothing to report.
                }
            }
        }
        ordersRead.put(at.worker(), orders.size());
    }

    /// The recording-service: a report for each command, sometimes two.
    private void keep() {
        List<RecordingCommand> commands =
                decoded(Topics.RECORDING_COMMANDS.name(), Topics.RECORDING_COMMANDS.codec());
        for (RecordingCommand command : commands.subList(commandsKept, commands.size())) {
            RecordingId id = command.recording();
            RecordingEvent event =
                    switch (command) {
                        case RecordingCommand.Open _ -> new RecordingEvent.Opened(id);
                        case RecordingCommand.Finish _ -> new RecordingEvent.Failed(id, "no disk");
                    };
            for (int i = random.nextInt(2); i < 2; i++) {
                broker.append(
                        new ProducerRecord<>(
                                Topics.RECORDING_EVENTS.name(),
                                partition(id.call()),
                                id.call().toString(),
                                Topics.RECORDING_EVENTS.codec().encode(event)));
            }
        }
        commandsKept = commands.size();
    }

    /// Recordings whose end was decided.
    private long files() {
        return calls.stream()
                .flatMap(call -> told(call).stream())
                .filter(event -> name(event.event()).equals("RecordingFileStatusUpdated"))
                .count();
    }

    private void report(MediaOrder order, MediaEvent event) {
        broker.append(
                new ProducerRecord<>(
                        Topics.MEDIA_EVENTS.name(),
                        partition(order.call()),
                        order.call().toString(),
                        Topics.MEDIA_EVENTS
                                .codec()
                                .encode(
                                        new MediaReport(
                                                order.call(), order.placement(), now, event))));
    }

    List<EventRecord> told(ServerCallId call) {
        return decoded(Topics.CALL_EVENTS.name(), Topics.CALL_EVENTS.codec()).stream()
                .filter(event -> event.call().equals(call))
                .toList();
    }

    List<MediaOrder> orders(ServerCallId call) {
        return decoded(Topics.MEDIA_COMMANDS.name(), Topics.MEDIA_COMMANDS.codec()).stream()
                .filter(order -> order.call().equals(call))
                .toList();
    }

    List<CallReply> replies(CommandId command) {
        return decoded(Topics.CALL_REPLIES.name(), Topics.CALL_REPLIES.codec()).stream()
                .filter(reply -> reply.commandId().equals(command))
                .toList();
    }

    List<ConsumerRecord<String, byte[]>> records(String topic) {
        return broker.records(topic);
    }

    private <V> List<V> decoded(String topic, Codec<V> codec) {
        List<V> values = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : broker.records(topic)) {
            try {
                values.add(codec.decode(record.value()));
            } catch (UndecodableException e) {
                throw new AssertionError(e);
            }
        }
        return values;
    }

    static String name(SubscriberEvent event) {
        return event.getClass().getSimpleName();
    }

    private List<EventRecord> inside(ServerCallId call) {
        return told(call).stream().filter(one -> one.connection() != null).toList();
    }

    private static void assertGapFree(List<EventRecord> told) {
        for (int i = 0; i < told.size(); i++) {
            assertEquals(i + 1, told.get(i).sequence());
        }
    }

    /// What must be true whatever died when.
    void check() {
        checkTold();
        for (ServerCallId call : calls) {
            assertEquals(
                    List.of(
                            "Dial",
                            "StartRecording",
                            "StartPlay",
                            "StartPlay",
                            "HangUpLeg",
                            "ReleaseCall"),
                    orders(call).stream()
                            .map(one -> one.command().getClass().getSimpleName())
                            .toList());
        }
    }

    /// ... also of the worker.
    void checkTold() {
        for (ServerCallId call : calls) {
            assertEquals(
                    List.of(
                            "CallConnected",
                            "ParticipantsUpdated",
                            "PlayStarted",
                            "PlayCompleted",
                            "PlayStarted",
                            "PlayCompleted",
                            "CallDisconnected"),
                    inside(call).stream().map(one -> name(one.event())).toList());
            assertGapFree(inside(call));
            List<EventRecord> outside =
                    told(call).stream()
                            .filter(one -> one.connection() == null)
                            .filter(one -> !(one.event() instanceof SubscriberEvent.EventGrid))
                            .toList();
            assertEquals(
                    List.of("RecordingStateChanged", "RecordingStateChanged"),
                    outside.stream().map(one -> name(one.event())).toList());
            assertGapFree(outside);
            for (int i = 0; i < script().size(); i++) {
                List<CallReply> replies = replies(new CommandId(new UUID(call.high(), i)));
                boolean question = script().get(i).what.equals("describe");
                assertEquals(
                        1,
                        question ? 1 : replies.stream().distinct().count(),
                        "different answers: " + replies);
            }
        }
        assertEquals(calls.size(), records(Topics.CALL_RECORDS.name()).size());
        assertEquals(2 * calls.size(), records(Topics.RECORDING_COMMANDS.name()).size());
    }
}
