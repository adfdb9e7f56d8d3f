package io.strowger.gateway.shell.http;

import io.strowger.runtime.auth.AuthRefusal;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.telemetry.Telemetry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts refused authentications and logs one line a second at most. Safe for use by many threads.
final class AuthRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(AuthRefusals.class);
    private static final long EVERY_NS = 1_000_000_000L;
    private final Telemetry telemetry;
    private final AtomicLong quietUntilNs = new AtomicLong(System.nanoTime());
    private final AtomicLong unlogged = new AtomicLong();

    AuthRefusals(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    void add(AuthRefusal reason, String method, String remoteHost) {
        telemetry.counter(Telemetry.AUTH_REFUSED, "reason", reason).increment();
        long nowNs = System.nanoTime();
        long until = quietUntilNs.get();
        if (nowNs - until < 0 || !quietUntilNs.compareAndSet(until, nowNs + EVERY_NS)) {
            unlogged.incrementAndGet();
            return;
        }
        LOG.atInfo()
                .addKeyValue(LogFields.REASON, reason)
                .addKeyValue("method", method)
                .addKeyValue("remoteHost", remoteHost)
                .addKeyValue("unloggedSince", unlogged.getAndSet(0))
                .log("request not authenticated");
    }
}
