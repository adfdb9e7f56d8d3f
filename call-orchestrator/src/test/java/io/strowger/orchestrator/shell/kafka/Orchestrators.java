package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.KafkaHeaders;
import io.strowger.contracts.kafka.Topic;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.media.WorkerReport;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.Records;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Several orchestrators of one JVM on a real broker with two call partitions. The media worker is
/// the test: a heart beats, orders are read, reports written.
final class Orchestrators implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(40);
    final Broker broker;
    private final SplittableRandom random = new SplittableRandom(12);
    private final CallIds ids = new CallIds(new byte[32]);
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private final Map<Integer, CallOrchestratorService> running = new HashMap<>();
    private final Telemetry telemetry = new Telemetry();
    private final Map<String, String> further;

    /// @param further settings of all, as environment
    Orchestrators(Path directory, Map<String, String> further) throws Exception {
        this.further = further;
        broker = new Broker(directory);
        heart.scheduleAtFixedRate(this::beat, 0, 300, TimeUnit.MILLISECONDS);
    }

    /// Returns when it owns partitions.
    void start(int ordinal) throws Exception {
        Map<String, String> environment = new HashMap<>(OrchestratorProcess.ENVIRONMENT);
        environment.putAll(further);
        environment.put("STROWGER_ORCHESTRATOR_ORDINAL", Integer.toString(ordinal));
        Settings settings = SettingsLoader.load(null, environment);
        Health health = new Health();
        CallOrchestratorService service =
                new CallOrchestratorService(
                        OrchestratorProcess.context(settings, broker.clients, health, telemetry));
        running.put(ordinal, service);
        service.start();
        Eventually.holds("ready", SOON, health::isReady);
        awaitOwners(running.size());
    }

    void stop(int ordinal) throws Exception {
        CallOrchestratorService service = running.remove(ordinal);
        if (service != null) {
            service.stop();
        }
    }

    /// Until so many members of the group share the partitions.
    void awaitOwners(int count) {
        Eventually.holds(SOON, () -> owners() == count, () -> owners() + " owners");
    }

    private long owners() {
        try (var admin = broker.clients.admin()) {
            return admin
                    .describeConsumerGroups(List.of("call-orchestrator"))
                    .all()
                    .get(10, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    ServerCallId newCall() {
        return ids.newCall(random);
    }

    /// Asks for a call to one phone.
    ///
    /// @param application by the id of its key; null: none
    CallReply.Answer create(ServerCallId call, @Nullable String application) {
        return ask(call, 1, CrashWorld.creation(call), application);
    }

    CallReply.Answer ask(
            ServerCallId call, long number, CallCommand command, @Nullable String application) {
        CommandId id = new CommandId(new UUID(call.high(), number));
        CallRequest request =
                new CallRequest(
                        id, null, ApiVersion.V2026_03_12, Instant.now(), command, application);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.CALL_COMMANDS.name(),
                        call.toString(),
                        Topics.CALL_COMMANDS.codec().encode(request));
        record.headers().add(KafkaHeaders.REPLY_PARTITION, "4".getBytes(StandardCharsets.UTF_8));
        produce(record);
        Eventually.holds("an answer to command " + number, SOON, () -> !replies(id).isEmpty());
        return replies(id).getFirst().answer();
    }

    private List<CallReply> replies(CommandId id) {
        return read(Topics.CALL_REPLIES).stream()
                .filter(reply -> reply.commandId().equals(id))
                .toList();
    }

    /// The worker says what became of the call.
    void report(ServerCallId call, MediaEvent event) {
        MediaOrder first =
                read(Topics.MEDIA_COMMANDS).stream()
                        .filter(order -> order.call().equals(call))
                        .findFirst()
                        .orElseThrow();
        produce(
                new ProducerRecord<>(
                        Topics.MEDIA_EVENTS.name(),
                        call.toString(),
                        Topics.MEDIA_EVENTS
                                .codec()
                                .encode(
                                        new MediaReport(
                                                call, first.placement(), Instant.now(), event))));
    }

    List<EventRecord> told(ServerCallId call) {
        return read(Topics.CALL_EVENTS).stream()
                .filter(event -> event.call().equals(call))
                .toList();
    }

    private void beat() {
        WorkerReport report =
                new WorkerReport(
                        new WorkerId(0), 1, "127.0.0.1:5060", 100, 0, false, Instant.now());
        produce(
                new ProducerRecord<>(
                        Topics.MEDIA_WORKERS.name(),
                        0,
                        "0",
                        Topics.MEDIA_WORKERS.codec().encode(report)));
    }

    private void produce(ProducerRecord<String, byte[]> record) {
        try {
            broker.produce(record);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// All that is committed in a topic by now.
    <V> List<V> read(Topic<V> topic) {
        return Records.all(broker.clients, topic);
    }

    @Override
    public void close() throws Exception {
        heart.shutdownNow();
        for (CallOrchestratorService service : running.values()) {
            service.stop();
        }
        broker.close();
        telemetry.close();
    }
}
