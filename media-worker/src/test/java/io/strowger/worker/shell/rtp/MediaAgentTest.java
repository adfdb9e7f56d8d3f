package io.strowger.worker.shell.rtp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.runtime.ops.Health;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MediaAgentTest {
    private final Health health = new Health();
    private final MediaAgent agent =
            new MediaAgent(0, new AgentMeters(new Telemetry()), health.check("media-0"), () -> 0L);

    @BeforeEach
    void start() {
        agent.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        agent.close();
    }

    @Test
    void aTaskThatFailsHarmsNoOther() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);

        agent.submit((_, _) -> {
            throw new IllegalStateException("as asked");
        });
        agent.submit((_, _) -> next.countDown());

        assertTrue(next.await(5, TimeUnit.SECONDS));
        assertTrue(health.isReady());
    }

    @Test
    void aThreadThatDiesIsSeenFromOutside() {
        assertTrue(health.isReady());

        agent.submit((_, _) -> {
            throw new AssertionError("as asked");
        });

        Eventually.holds("not ready", Duration.ofSeconds(5), () -> !health.isReady());
        assertFalse(health.isReady());
    }
}
