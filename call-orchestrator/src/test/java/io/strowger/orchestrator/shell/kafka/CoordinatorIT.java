package io.strowger.orchestrator.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.media.WorkerReport;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.Records;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service on a real broker. The media worker is the test: it beats, reads orders, reports.
class CoordinatorIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int REPLIES = 4;
    @TempDir Path directory;
    private final SplittableRandom random = new SplittableRandom(11);
    private final CallIds ids = new CallIds(new byte[32]);
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private final List<CallOrchestratorService> services = new ArrayList<>();
    private final Telemetry telemetry = new Telemetry();
    private final Health health = new Health();
    private Broker broker;

    @BeforeEach
    void startBroker() throws Exception {
        broker = new Broker(directory);
    }

    @AfterEach
    void stop() throws Exception {
        heart.shutdownNow();
        for (CallOrchestratorService service : services) {
            service.stop();
        }
        broker.close();
        telemetry.close();
    }

    @Test
    void carriesACallFromItsCreationToItsRecord() throws Exception {
        startService();
        beat(1);
        ServerCallId call = awaitCreated();

        MediaOrder dial = awaitDial(call);
        report(dial, new MediaEvent.LegProgressed(new LegId(1), 180));
        report(dial, new MediaEvent.LegAnswered(new LegId(1), Dialogs.ANY));
        awaitTold(call, List.of("CallConnected", "ParticipantsUpdated"));
        ask(call, 2, new CallCommand.DescribeCall(call.connection(1)));
        awaitReplies(call, 2);
        report(
                dial,
                new MediaEvent.LegEnded(
                        new LegId(1), new LegEnd(LegEnd.Cause.REMOTE_HANG_UP, 200, "OK")));

        awaitTold(
                call,
                List.of(
                        "CallConnected",
                        "ParticipantsUpdated",
                        "ParticipantsUpdated",
                        "CallDisconnected"));
        Described described = (Described) replies(call, 2).getFirst().answer();
        assertEquals(ConnectionState.CONNECTED, described.properties().state());
        // Each partition shows what is committed when its own marker is written.
        Eventually.holds(
                "a record", SOON, () -> broker.read(Topics.CALL_RECORDS.name()).size() == 1);
        ConsumerRecord<String, byte[]> reply = broker.read(Topics.CALL_REPLIES.name()).getFirst();
        assertEquals(REPLIES, reply.partition());
        assertEquals(
                "waiting",
                new String(
                        Objects.requireNonNull(reply.headers().lastHeader(KafkaHeaders.CORRELATION))
                                .value(),
                        StandardCharsets.UTF_8));
        Eventually.holds(
                "an ended state",
                SOON,
                () ->
                        new String(
                                        broker.read(Topics.CALL_STATE.name()).getLast().value(),
                                        StandardCharsets.UTF_8)
                                .contains("\"type\":\"Ended\""));
        assertTrue(telemetry.scrape().contains("strowger_coordinator_commit_seconds_count"));
    }

    @Test
    void goesOnWhereAKilledProcessStoppedAndAnswersWhatCameMeanwhile() throws Exception {
        Process child = OrchestratorProcess.start(broker.clients.bootstrapServers());
        beat(1);
        ServerCallId call;
        MediaOrder dial;
        try {
            call = awaitCreated();
            dial = awaitDial(call);
            report(dial, new MediaEvent.LegAnswered(new LegId(1), Dialogs.ANY));
            ask(call, 3, new CallCommand.Terminate(call.connection(1)));
        } finally {
            child.destroyForcibly().waitFor();
        }

        ask(call, 3, new CallCommand.Terminate(call.connection(1)));
        ask(call, 4, new CallCommand.DescribeCall(call.connection(1)));
        startService();

        awaitReplies(call, 3);
        awaitReplies(call, 4);
        assertEquals(
                List.of("Dial", "HangUpLeg"),
                orders(call).stream()
                        .map(order -> order.command().getClass().getSimpleName())
                        .toList());
        report(
                dial,
                new MediaEvent.LegEnded(
                        new LegId(1), new LegEnd(LegEnd.Cause.LOCAL_HANG_UP, 200, "OK")));
        Eventually.holds(
                "a record", SOON, () -> broker.read(Topics.CALL_RECORDS.name()).size() == 1);
        assertEquals(1, replies(call, 3).stream().map(CallReply::answer).distinct().count());
        assertEquals("CallDisconnected", told(call).getLast());
    }

    @Test
    void movesWhatItCannotReadToTheDeadLettersAndGoesOn() throws Exception {
        broker.produce(
                new ProducerRecord<>(
                        Topics.CALL_COMMANDS.name(), 0, "key", bytes("{\"no\":\"command\"}")));
        broker.produce(new ProducerRecord<>(Topics.MEDIA_EVENTS.name(), 1, "key", bytes("x")));
        broker.produce(
                new ProducerRecord<>(
                        Topics.CALL_STATE.name(),
                        0,
                        ids.newCall(random).toString(),
                        bytes("{\"type\":\"OfTheFuture\"}")));
        broker.produce(new ProducerRecord<>(Topics.MEDIA_WORKERS.name(), 0, "7", bytes("{}")));
        startService();
        beat(1);

        awaitCreated();

        for (String topic :
                List.of(
                        Topics.CALL_COMMANDS.deadLetterName(),
                        Topics.MEDIA_EVENTS.deadLetterName(),
                        Topics.CALL_STATE.deadLetterName(),
                        Topics.MEDIA_WORKERS.deadLetterName())) {
            Eventually.holds(topic, SOON, () -> broker.read(topic).size() == 1);
        }
        assertTrue(
                telemetry.scrape().contains("strowger_dead_letters_total{topic=\"call.state\"} 1"));
        assertTrue(
                telemetry
                        .scrape()
                        .contains("strowger_dead_letters_total{topic=\"media.workers\"} 1"));
    }

    @Test
    void endsTheCallsOfAWorkerThatFallsSilentOrWasReplaced() throws Exception {
        startService();
        beat(1);
        ServerCallId call = awaitCreated();

        beatOnce(2); // the worker starts anew

        awaitTold(call, List.of("CreateCallFailed"));
    }

    private void startService() throws Exception {
        CallOrchestratorService service =
                new CallOrchestratorService(
                        OrchestratorProcess.context(
                                broker.settings, broker.clients, health, telemetry));
        services.add(service);
        service.start();
        Eventually.holds("ready", SOON, health::isReady);
    }

    private void beat(long epoch) {
        heart.scheduleAtFixedRate(() -> beatOnce(epoch), 0, 300, TimeUnit.MILLISECONDS);
    }

    private void beatOnce(long epoch) {
        try {
            broker.produce(
                    new ProducerRecord<>(
                            Topics.MEDIA_WORKERS.name(),
                            0,
                            "0",
                            Topics.MEDIA_WORKERS
                                    .codec()
                                    .encode(
                                            new WorkerReport(
                                                    new WorkerId(0),
                                                    epoch,
                                                    "127.0.0.1:5060",
                                                    10,
                                                    0,
                                                    false,
                                                    Instant.now()))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A call that a worker has been found for: until one is known, creations are refused.
    private ServerCallId awaitCreated() throws Exception {
        long deadlineNs = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() - deadlineNs < 0) {
            ServerCallId call = ids.newCall(random);
            ask(call, 1, CrashWorld.creation(call));
            awaitReplies(call, 1);
            if (replies(call, 1).getFirst().answer() instanceof Described) {
                return call;
            }
        }
        throw new AssertionError("no worker was found");
    }

    private MediaOrder awaitDial(ServerCallId call) {
        Eventually.holds("an order", SOON, () -> !orders(call).isEmpty());
        return orders(call).getFirst();
    }

    private void ask(ServerCallId call, long number, CallCommand command) throws Exception {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.CALL_COMMANDS.name(),
                        call.toString(),
                        Topics.CALL_COMMANDS
                                .codec()
                                .encode(
                                        new CallRequest(
                                                new CommandId(new UUID(call.high(), number)),
                                                null,
                                                ApiVersion.V2026_03_12,
                                                Instant.now(),
                                                command)));
        record.headers()
                .add(KafkaHeaders.REPLY_PARTITION, bytes(Integer.toString(REPLIES)))
                .add(KafkaHeaders.CORRELATION, bytes("waiting"));
        broker.produce(record);
    }

    private void report(MediaOrder order, MediaEvent event) throws Exception {
        broker.produce(
                new ProducerRecord<>(
                        Topics.MEDIA_EVENTS.name(),
                        order.call().toString(),
                        Topics.MEDIA_EVENTS
                                .codec()
                                .encode(
                                        new MediaReport(
                                                order.call(),
                                                order.placement(),
                                                Instant.now(),
                                                event))));
    }

    private void awaitReplies(ServerCallId call, long number) {
        Eventually.holds(
                "an answer to command " + number, SOON, () -> !replies(call, number).isEmpty());
    }

    private void awaitTold(ServerCallId call, List<String> events) {
        Eventually.holds(SOON, () -> told(call).equals(events), () -> "told: " + told(call));
    }

    private List<CallReply> replies(ServerCallId call, long number) {
        return Records.all(broker.clients, Topics.CALL_REPLIES).stream()
                .filter(reply ->
                        reply.commandId().equals(new CommandId(new UUID(call.high(), number))))
                .toList();
    }

    private List<MediaOrder> orders(ServerCallId call) {
        return Records.all(broker.clients, Topics.MEDIA_COMMANDS).stream()
                .filter(order -> order.call().equals(call))
                .toList();
    }

    private List<String> told(ServerCallId call) {
        return Records.all(broker.clients, Topics.CALL_EVENTS).stream()
                .filter(event -> event.call().equals(call))
                .map(event -> event.event().getClass().getSimpleName())
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
