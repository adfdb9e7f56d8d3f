package io.strowger.gateway.shell.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts and times requests. Safe for use by many threads.
final class HttpMeters {
    private static final Logger LOG = LoggerFactory.getLogger(HttpMeters.class);
    private static final long LOG_EVERY_NS = Duration.ofSeconds(1).toNanos();
    private final Telemetry telemetry;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();
    private final Counter refusedSignatures;
    private final AtomicLong lastLogNs = new AtomicLong(System.nanoTime() - LOG_EVERY_NS);

    private enum Outcome {
        SUCCESS,
        CLIENT_ERROR,
        SERVER_ERROR
    }

    HttpMeters(Telemetry telemetry) {
        this.telemetry = telemetry;
        this.refusedSignatures = telemetry.counter(Telemetry.HTTP_UNAUTHENTICATED);
    }

    /// @param operation id of an endpoint
    void done(String operation, int status, long startNs) {
        Outcome outcome =
                status < 400
                        ? Outcome.SUCCESS
                        : status < 500 ? Outcome.CLIENT_ERROR : Outcome.SERVER_ERROR;
        timers.computeIfAbsent(
                        operation + outcome.ordinal(),
                        _ ->
                                telemetry.timer(
                                        Telemetry.HTTP_REQUEST,
                                        "operation",
                                        operation,
                                        "outcome",
                                        outcome))
                .record(System.nanoTime() - startNs, TimeUnit.NANOSECONDS);
    }

    /// Logs at most one line a second: guessing must not fill the disk.
    void refusedSignature(String reason) {
        refusedSignatures.increment();
        long now = System.nanoTime();
        long last = lastLogNs.get();
        if (now - last >= LOG_EVERY_NS && lastLogNs.compareAndSet(last, now)) {
            LOG.atInfo().addKeyValue("reason", reason).log("request refused as unauthenticated");
        }
    }
}
