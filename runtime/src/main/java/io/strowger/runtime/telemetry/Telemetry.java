package io.strowger.runtime.telemetry;

import io.micrometer.core.instrument.Clock;
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
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.strowger.runtime.settings.Settings;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/// The meters of a process; every name that Strowger uses is a constant here and a line in
/// `docs/metrics.md`. Labels come from enums only: no ids, no numbers, no URLs. Safe for use by
/// many threads.
public final class Telemetry implements AutoCloseable {
    public static final String CALLS_ACTIVE = "strowger.calls.active";
    public static final String STANDBY_CALLS = "strowger.standby.calls";
    public static final String CALLS_CAPPED = "strowger.calls.capped";
    public static final String COMMANDS = "strowger.commands";
    public static final String CALL_DURATION = "strowger.call.duration";
    public static final String HTTP_REQUEST = "strowger.http.request";
    public static final String AUTH_REFUSED = "strowger.auth.refused";
    public static final String JWKS_FETCHES = "strowger.jwks.fetches";
    public static final String CONTENT_FORWARD = "strowger.content.forward";
    public static final String CONTENT_REQUEST = "strowger.content.request";
    public static final String RECORDINGS_DELETED = "strowger.recordings.deleted";
    public static final String RETENTION_SWEEPS = "strowger.retention.sweeps";
    public static final String GATEWAY_WAITING = "strowger.gateway.waiting";
    public static final String DEAD_LETTERS = "strowger.dead.letters";
    public static final String CONSUMER_LAG = "strowger.consumer.lag";
    public static final String COORDINATOR_BATCH = "strowger.coordinator.batch.records";
    public static final String COORDINATOR_COMMIT = "strowger.coordinator.commit";
    public static final String COORDINATOR_RESTORE = "strowger.coordinator.restore";
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
    public static final String STREAMS_RUNNING = "strowger.streams.running";
    public static final String STREAM_FRAMES = "strowger.stream.frames";
    public static final String STREAM_CONNECTIONS = "strowger.stream.connections";
    public static final String SPEECH_SESSIONS = "strowger.speech.sessions";
    public static final String SPEECH_FRAMES = "strowger.speech.frames";
    public static final String SPEECH_CONNECTIONS = "strowger.speech.connections";
    public static final String SPEECH_RESULTS = "strowger.speech.results";
    public static final String WEBHOOK_ATTEMPTS = "strowger.webhook.attempts";
    public static final String WEBHOOK_DELIVERY_LAG = "strowger.webhook.delivery.lag";
    public static final String WEBHOOK_SERVERS_FAILING = "strowger.webhook.servers.failing";
    public static final String WEBHOOK_RECEIVERS_STOPPED = "strowger.webhook.receivers.stopped";
    public static final String WEBHOOK_REPLAYS = "strowger.webhook.replays";
    public static final String WEBHOOKS_PARKED = "strowger.webhooks.parked";
    public static final String RECORDINGS_ACTIVE = "strowger.recordings.active";
    public static final String RECORDING_CHUNKS = "strowger.recording.chunks";
    public static final String RECORDING_BYTES = "strowger.recording.spooled.bytes";
    public static final String RECORDING_GAPS = "strowger.recording.gaps";
    public static final String RECORDING_FINISH = "strowger.recording.finish";
    public static final String RECORDING_FAILURES = "strowger.recording.failures";

    public static final String SPANS = "strowger.spans";

    private final PrometheusRegistry collectors = new PrometheusRegistry();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM);
    private final Exemplars exemplars = new Exemplars();
    private final PrometheusMeterRegistry exemplary;
    private final Tracing tracing;
    private final JvmGcMetrics gc = new JvmGcMetrics();

    private enum Export {
        EXPORTED,
        FAILED
    }

    /// Traces nothing.
    public Telemetry() {
        this(Settings.Tracing.OFF);
    }

    /// @param settings where spans go; nowhere: latencies have no exemplars either, and cost what
    ///   they cost without
    public Telemetry(Settings.Tracing settings) {
        exemplary =
                settings.otlp().endpoint().isEmpty()
                        ? registry
                        : new PrometheusMeterRegistry(
                                PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM, exemplars);
        tracing =
                Tracing.open(
                        settings,
                        counter(SPANS, "outcome", Export.EXPORTED),
                        counter(SPANS, "outcome", Export.FAILED));
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
        return timer(registry, name, labels);
    }

    /// A timer for [#record]. Not for media threads: while there is tracing it allocates.
    public Timer tracedTimer(String name, Object... labels) {
        return timer(exemplary, name, labels);
    }

    /// Records a latency, with the trace as its exemplar.
    public void record(Timer timer, long ns, TraceSpan span) {
        exemplars.record(timer, ns, span);
    }

    private static Timer timer(PrometheusMeterRegistry registry, String name, Object... labels) {
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

    /// Where spans come from and go to.
    public Tracing tracing() {
        return tracing;
    }

    /// All meters in Prometheus' text format, which has no exemplars.
    public String scrape() {
        return registry.scrape();
    }

    /// All meters in the format of that media type, e.g. OpenMetrics.
    public String scrape(String mediaType) {
        return registry.scrape(mediaType);
    }

    @Override
    public void close() {
        tracing.close();
        gc.close();
        exemplary.close();
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
