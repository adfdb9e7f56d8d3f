package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.worker.core.leg.LegTimings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// How much CPU the SIP side takes for a call from INVITE to BYE, without media. Not part of any
/// build: its number depends on the machine. Run it with `-Dsurefire.groups=soak
/// -Dsurefire.excludedGroups=none -Dit.test=SippLoadIT`.
@Tag("soak")
class SippLoadIT {
    private static final int WARM_UP = 8_000;
    private static final Duration MEASURED = Duration.ofSeconds(15);
    @TempDir Path folder;

    @ParameterizedTest(name = "{0} calls a second")
    @ValueSource(ints = {100, 200, 400})
    void setsUpAndTearsDown(int perSecond) throws Exception {
        int measured = (int) (perSecond * MEASURED.toSeconds());
        Script phone =
                Script.called()
                        .respond(180)
                        .respondWith(Script.SDP, 200)
                        // UDP keeps no order between processors: now and then the BYE is first.
                        .mayReceive("ACK")
                        .receive("BYE")
                        .agree();
        try (Sipp sipp = Sipp.taking(WARM_UP + measured, folder, phone);
                TestWorker worker =
                        new TestWorker(
                                List.of(TestWorker.trunk("main", sipp.port)),
                                10_000,
                                10_000,
                                LegTimings.standard())) {
            // The compiler needs its time: a cold worker takes several times as much for a call.
            run(worker, 0, 1_000, 50);
            run(worker, 1_000, 2_000, 100);
            run(worker, 3_000, WARM_UP - 3_000, 200);
            long cpuNs = cpuNs();
            run(worker, WARM_UP, measured, perSecond);
            long perCallUs = (cpuNs() - cpuNs) / 1_000 / measured;

            LoggerFactory.getLogger(SippLoadIT.class)
                    .atWarn()
                    .addKeyValue("perSecond", perSecond)
                    .addKeyValue("cpuPerCallUs", perCallUs)
                    .addKeyValue("unsendable", worker.endpoint.meters().unsendable())
                    .log("measured");
            sipp.assertFollowed();
            assertTrue(perCallUs < 3_000, "CPU of a call: " + perCallUs + " us");
        }
    }

    private static void run(TestWorker worker, int first, int count, int perSecond)
            throws InterruptedException {
        AtomicInteger ended = new AtomicInteger();
        Queue<LegEnd> failed = new ConcurrentLinkedQueue<>();
        Thread hangsUp = Thread.ofVirtual().start(() -> hangUp(worker, count, ended, failed));
        long startNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long dueNs = startNs + i * 1_000_000_000L / perSecond;
            while (dueNs - System.nanoTime() > 0) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
            worker.order(
                    TestWorker.call(1 + first + i), TestWorker.dial(1, Duration.ofSeconds(30)));
        }
        hangsUp.join(Duration.ofSeconds(60));
        assertEquals(count, ended.get());
        assertEquals(List.of(), List.copyOf(failed));
    }

    private static void hangUp(
            TestWorker worker, int count, AtomicInteger ended, Queue<LegEnd> failed) {
        try {
            while (ended.get() < count) {
                var report = worker.next();
                if (report.event() instanceof MediaEvent.LegAnswered) {
                    worker.order(report.call(), new MediaCommand.HangUpLeg(new LegId(1)));
                } else if (report.event() instanceof MediaEvent.LegEnded(_, var end)) {
                    ended.incrementAndGet();
                    if (end.cause() != LegEnd.Cause.LOCAL_HANG_UP) {
                        failed.add(end);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long cpuNs() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
