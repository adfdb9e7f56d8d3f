package io.strowger.runtime.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/// The meters of a process; every name that Strowger uses is a constant here and a line in
/// `docs/metrics.md`. Labels come from enums only: no ids, no numbers, no URLs. Safe for use by
/// many threads.
public final class Telemetry implements AutoCloseable {
    public static final String CALLS_ACTIVE = "strowger.calls.active";
    public static final String COMMANDS = "strowger.commands";
    public static final String CALL_DURATION = "strowger.call.duration";
    public static final String HTTP_REQUEST = "strowger.http.request";
    public static final String AUTH_REFUSED = "strowger.auth.refused";
    public static final String CONTENT_FORWARD = "strowger.content.forward";
    public static final String CONTENT_REQUEST = "strowger.content.request";
    public static final String RECORDINGS_DELETED = "strowger.recordings.deleted";
    public static final String RETENTION_SWEEPS = "strowger.retention.sweeps";
    public static final String GATEWAY_WAITING = "strowger.gateway.waiting";
    public static final String DEAD_LETTERS = "strowger.dead.letters";
    public static final String COORDINATOR_BATCH = "strowger.coordinator.batch.records";
    public static final String COORDINATOR_COMMIT = "strowger.coordinator.commit";
    public static final String WORKERS_LOST = "strowger.workers.lost";
    public static final String WORKER_CALLS = "strowger.worker.calls";
    public static final String MEDIA_TICK_LATENESS = "strowger.media.tick.lateness";
    public static final String RTP_PACKETS = "strowger.rtp.packets";
    public static final String SIP_MESSAGES = "strowger.sip.messages";
    public static final String SIP_REGISTERS = "strowger.sip.registers";
    public static final String SIP_CONTACTS = "strowger.sip.contacts";
    public static final String SIP_BANNED = "strowger.sip.banned";
    public static final String MEDIA_REPORTS_WAITING = "strowger.media.reports.waiting";
    public static final String MEDIA_REPORTS_LOST = "strowger.media.reports.lost";
    public static final String RECORDINGS_RUNNING = "strowger.recordings.running";
    public static final String RECORDING_CHUNKS_FED = "strowger.recording.chunks.fed";
    public static final String RECORDING_CHUNKS_WAITING = "strowger.recording.chunks.waiting";
    public static final String WEBHOOK_ATTEMPTS = "strowger.webhook.attempts";
    public static final String WEBHOOK_DELIVERY_LAG = "strowger.webhook.delivery.lag";
    public static final String WEBHOOK_SERVERS_FAILING = "strowger.webhook.servers.failing";
    public static final String WEBHOOK_REPLAYS = "strowger.webhook.replays";
    public static final String WEBHOOKS_PARKED = "strowger.webhooks.parked";
    public static final String RECORDINGS_ACTIVE = "strowger.recordings.active";
    public static final String RECORDING_CHUNKS = "strowger.recording.chunks";
    public static final String RECORDING_BYTES = "strowger.recording.spooled.bytes";
    public static final String RECORDING_GAPS = "strowger.recording.gaps";
    public static final String RECORDING_FINISH = "strowger.recording.finish";
    public static final String RECORDING_FAILURES = "strowger.recording.failures";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    public Telemetry() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /// @param labels pairs of name and enum value
    public Counter counter(String name, Object... labels) {
        return registry.counter(name, text(labels));
    }

    public Timer timer(String name, Object... labels) {
        return Timer.builder(name)
                .tags(text(labels))
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .register(registry);
    }

    public DistributionSummary summary(String name, Object... labels) {
        return registry.summary(name, text(labels));
    }

    public void gauge(String name, Supplier<Number> value, Object... labels) {
        Gauge.builder(name, value).tags(text(labels)).register(registry);
    }

    /// All meters in Prometheus' text format.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }

    private static String[] text(Object... labels) {
        String[] texts = new String[labels.length];
        for (int i = 0; i < labels.length; i++) {
            texts[i] =
                    labels[i] instanceof Enum<?> constant
                            ? constant.name().toLowerCase(Locale.ROOT)
                            : labels[i].toString();
        }
        return texts;
    }
}
