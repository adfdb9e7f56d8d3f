package io.strowger.runtime.telemetry;

import io.micrometer.core.instrument.Counter;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.strowger.runtime.settings.Settings;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where spans of a process go: to an OTLP collector by HTTP, from a thread of their own, or
/// nowhere when none is set. Nobody waits for a collector: spans that find the queue full are
/// dropped. Safe for use by many threads.
public final class Tracing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

    /// The exporter writes to this logger, past ours; held, as the JDK forgets what nobody holds.
    private static final java.util.logging.Logger EXPORTER =
            java.util.logging.Logger.getLogger("io.opentelemetry");

    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
    private static final int MOST_WAITING = 8_192;
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long CLOSE_S = 3;
    private final @Nullable SpanProcessor processor;
    private final Sampler sampler;
    private final Map<String, Spans> services = new ConcurrentHashMap<>();

    private Tracing(@Nullable SpanProcessor processor, Sampler sampler) {
        this.processor = processor;
        this.sampler = sampler;
    }

    /// Off when no endpoint is set.
    ///
    /// @param exported counts spans that a collector took
    /// @param failed counts spans that none took
    static Tracing open(Settings.Tracing settings, Counter exported, Counter failed) {
        String endpoint = settings.otlp().endpoint();
        if (endpoint.isEmpty()) {
            return new Tracing(null, Sampler.alwaysOff());
        }
        EXPORTER.setLevel(Level.OFF);
        SpanExporter exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint.replaceAll("/+$", "") + "/v1/traces")
                        .setTimeout(TIMEOUT)
                        .build();
        return new Tracing(
                BatchSpanProcessor.builder(new CountedExporter(exporter, exported, failed))
                        .setScheduleDelay(EVERY)
                        .setMaxQueueSize(MOST_WAITING)
                        .build(),
                Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampleRatio())));
    }

    /// Begins the spans of a service.
    ///
    /// @param service as in the launcher: `gateway`, `call-orchestrator`...
    public Spans of(String service) {
        SpanProcessor to = processor;
        return to == null ? Spans.OFF : services.computeIfAbsent(service, name -> spans(name, to));
    }

    private Spans spans(String service, SpanProcessor to) {
        Attributes name = Attributes.of(SERVICE_NAME, "strowger-" + service);
        return new Spans(
                SdkTracerProvider.builder()
                        .setResource(Resource.getDefault().merge(Resource.create(name)))
                        .setSampler(sampler)
                        .addSpanProcessor(to)
                        .build()
                        .get("io.strowger"));
    }

    /// Exports what has ended, for three seconds at most.
    @Override
    public void close() {
        if (processor != null) {
            processor.shutdown().join(CLOSE_S, TimeUnit.SECONDS);
        }
    }

    /// Says in the log and in a meter what the exporter itself would say nowhere that we look.
    private static final class CountedExporter implements SpanExporter {
        private final SpanExporter exporter;
        private final Counter exported;
        private final Counter failed;
        private final AtomicBoolean failing = new AtomicBoolean();

        CountedExporter(SpanExporter exporter, Counter exported, Counter failed) {
            this.exporter = exporter;
            this.exported = exported;
            this.failed = failed;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int count = spans.size();
            CompletableResultCode result = exporter.export(spans);
            return result.whenComplete(() -> done(result, count));
        }

        private void done(CompletableResultCode result, int count) {
            (result.isSuccess() ? exported : failed).increment(count);
            if (result.isSuccess()) {
                failing.set(false);
            } else if (failing.compareAndSet(false, true)) {
                Throwable cause = result.getFailureThrowable();
                LOG.atWarn()
                        .addKeyValue("reason", cause == null ? "unknown" : cause.toString())
                        .log("the collector takes no spans: they are lost until it does");
            }
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
