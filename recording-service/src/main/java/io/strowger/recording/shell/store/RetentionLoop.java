package io.strowger.recording.shell.store;

import io.strowger.recording.core.store.RecordingStore;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life of the retention of recordings: a look at the own store every ten minutes, and at
/// uploads that nobody will complete. A store that does not answer is tried again next time. Any
/// number of instances may do this at the same time.
public final class RetentionLoop implements CrashOnlyLoop.Body {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionLoop.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final long GLANCE_MS = 200;

    /// How much longer than the longest call an upload may last.
    private static final Duration MARGIN = Duration.ofHours(24);

    private final Stores stores;
    private final Duration retention;
    private final Duration longestUpload;
    private final Telemetry telemetry;
    private final InstantSource clock;

    private enum Why {
        EXPIRED
    }

    private enum Outcome {
        DONE,
        FAILED
    }

    public RetentionLoop(
            Stores stores, Settings settings, Telemetry telemetry, InstantSource clock) {
        this.stores = stores;
        this.retention = settings.recordings().retention();
        this.longestUpload = settings.calls().maxDuration().plus(MARGIN);
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public void run(CrashOnlyLoop.Life life) throws InterruptedException {
        Retention own = new Retention(stores.own(), retention);
        life.ready();
        long nextNs = System.nanoTime();
        while (!life.stopping()) {
            if (System.nanoTime() - nextNs >= 0) {
                Instant now = clock.instant();
                count(sweep(own, now, life));
                dropUploads(now.minus(longestUpload));
                nextNs = System.nanoTime() + EVERY.toNanos();
            }
            TimeUnit.MILLISECONDS.sleep(GLANCE_MS);
        }
    }

    private void count(Outcome outcome) {
        telemetry.counter(Telemetry.RETENTION_SWEEPS, "outcome", outcome).increment();
    }

    private Outcome sweep(Retention own, Instant now, CrashOnlyLoop.Life life) {
        try {
            Retention.Swept swept = own.sweep(now, life::stopping);
            telemetry
                    .counter(Telemetry.RECORDINGS_DELETED, "reason", Why.EXPIRED)
                    .increment(swept.deleted());
            if (swept.deleted() > 0 || swept.failed() > 0) {
                LOG.atInfo()
                        .addKeyValue("deleted", swept.deleted())
                        .addKeyValue("failed", swept.failed())
                        .log("looked for expired recordings");
            }
            return swept.failed() == 0 ? Outcome.DONE : Outcome.FAILED;
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("expired recordings could not be looked for");
            return Outcome.FAILED;
        }
    }

    private void dropUploads(Instant before) {
        List<RecordingStore> all = new ArrayList<>(stores.ofApplications());
        all.add(stores.own());
        for (RecordingStore store : all) {
            try {
                int dropped = store.dropUnfinished(before);
                if (dropped > 0) {
                    LOG.atInfo()
                            .addKeyValue("dropped", dropped)
                            .log("uploads of recordings given up that nobody completed");
                }
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("abandoned uploads could not be looked for");
            }
        }
    }
}
