package io.strowger.orchestrator.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.orchestrator.core.call.Limits;
import io.strowger.orchestrator.core.call.Moment;
import io.strowger.orchestrator.core.directory.Directory;
import io.strowger.orchestrator.core.partition.CallPartition;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.runtime.telemetry.TraceHeaders;
import io.strowger.testsupport.OtlpReceiver;
import io.strowger.testsupport.OtlpReceiver.Exported;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spans of decisions, with a real exporter and receiver, on the log in memory.
class CoordinatorTracingTest {
    private static final TraceContext CAUSE =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
    private static final Moment.House HOUSE =
            new Moment.House(
                    new Limits(
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(30),
                            Duration.ofHours(24),
                            0,
                            Duration.ofHours(1),
                            Duration.ofHours(1),
                            Duration.ofHours(48)),
                    new Directory(Map.of(), Map.of(), Set.of(), false, List.of()),
                    (call, expiresAt) -> call + " " + expiresAt,
                    new CallIds(new byte[32])::callFor);
    private final CrashWorld world = new CrashWorld(1, 1);
    private final ServerCallId call = world.calls.getFirst();

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest(name = "killed before: {0}")
    @ValueSource(strings = {"decide", "begin", "write", "commit", "after commit", "never"})
    void whateverCanBeReadHasItsParentThoughTheTurnIsRepeated(String killedBefore)
            throws Exception {
        world.create(call, CAUSE);
        List<Exported> spans;
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Settings.Tracing on =
                    new Settings.Tracing(new Settings.Otlp(receiver.endpoint().toString()), 1);
            try (Telemetry telemetry = new Telemetry(on)) {
                CoordinatorTelemetry observer = new CoordinatorTelemetry(telemetry);
                try {
                    turns(
                            observer,
                            step -> {
                                if (step.equals(killedBefore)) {
                                    throw new Killed();
                                }
                            });
                } catch (Killed e) {
                    turns(observer, step -> {});
                }
            }
            spans = receiver.spans();
        }

        Set<String> known = spans.stream().map(Exported::spanId).collect(Collectors.toSet());
        List<TraceContext> left = outputs();
        assertFalse(left.isEmpty(), "nothing was decided");
        for (TraceContext output : left) {
            assertEquals(CAUSE.traceId(), output.traceId());
            assertTrue(known.contains(output.spanId()), "a parent that nobody knows");
        }
        assertTrue(spans.stream().allMatch(span -> span.parentId().equals(CAUSE.spanId())));
        assertTrue(spans.stream().allMatch(span -> span.name().equals("decide CreateCall")));
    }

    @Test
    void handsTheTraceOnWhenItTracesNothing() {
        world.create(call, CAUSE);

        turns(new CoordinatorTelemetry(new Telemetry()), step -> {});

        assertEquals(Set.of(CAUSE), Set.copyOf(outputs()));
    }

    @Test
    void decidesTheSameWithoutATrace() {
        world.create(call, null);

        turns(new CoordinatorTelemetry(new Telemetry()), step -> {});

        List<ConsumerRecord<String, byte[]>> orders = world.records(Topics.MEDIA_COMMANDS.name());
        assertEquals(1, orders.size());
        assertNull(TraceHeaders.read(orders.getFirst().headers()));
    }

    /// Where the orders and events of the call say that they belong.
    private List<TraceContext> outputs() {
        List<ConsumerRecord<String, byte[]>> records =
                new ArrayList<>(world.records(Topics.MEDIA_COMMANDS.name()));
        records.addAll(world.records(Topics.CALL_EVENTS.name()));
        return records.stream()
                .map(record -> Objects.requireNonNull(TraceHeaders.read(record.headers())))
                .toList();
    }

    private void turns(CoordinatorEvents observer, InMemoryTransactionalLog.Steps steps) {
        InMemoryTransactionalLog log =
                new InMemoryTransactionalLog(world.broker, CrashWorld.inputs(), steps);
        Coordinator coordinator =
                new Coordinator(
                        log,
                        HOUSE,
                        () -> Optional.of(CrashWorld.PLACEMENT),
                        new Suspects(),
                        observer);
        for (int partition = 0; partition < 2; partition++) {
            CallPartition calls = new CallPartition();
            for (ConsumerRecord<String, byte[]> state :
                    world.broker.records(new TopicPartition(Topics.CALL_STATE.name(), partition))) {
                calls.follow(ServerCallId.parse(state.key()), decoded(state.value()));
            }
            calls.arm();
            coordinator.own(partition, calls);
        }
        coordinator.turn(world.now(), world::now);
        coordinator.turn(world.now(), world::now);
    }

    private static io.strowger.orchestrator.core.call.CallState decoded(byte[] state) {
        try {
            return new CallStateCodec().decode(state);
        } catch (io.strowger.contracts.kafka.UndecodableException e) {
            throw new AssertionError(e);
        }
    }
}
