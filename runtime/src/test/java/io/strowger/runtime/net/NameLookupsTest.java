package io.strowger.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameLookupsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final InetAddress[] ONE = {InetAddress.getLoopbackAddress()};
    private final CountDownLatch answered = new CountDownLatch(1);
    private final Semaphore asked = new Semaphore(0);

    @AfterEach
    void letGo() {
        answered.countDown();
    }

    @Test
    void findsAddressesAndSaysWhenThereAreNone() throws Exception {
        NameLookups lookups = NameLookups.ofTheSystem();

        assertEquals(List.of(InetAddress.getByName("192.0.2.7")), lookups.find("192.0.2.7", LONG));
        UnknownHostException failure =
                assertThrows(
                        UnknownHostException.class, () -> lookups.find("no-such.invalid", LONG));
        assertEquals("no-such.invalid: it has no address", failure.getMessage());
    }

    @Test
    void nativeCallsAreMadeOnNoVirtualThread() throws Exception {
        AtomicBoolean virtual = new AtomicBoolean(true);
        NameLookups lookups =
                new NameLookups(
                        host -> {
                            virtual.set(Thread.currentThread().isVirtual());
                            return ONE;
                        },
                        1,
                        1);

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            callers.submit(() -> lookups.find("a.example", LONG)).get();
        }

        assertTrue(!virtual.get());
    }

    @Test
    void aNameServerThatIsSilentCostsTheCallerItsPatienceOnly() {
        NameLookups lookups = new NameLookups(this::silent, 1, 1);

        UnknownHostException failure =
                assertThrows(
                        UnknownHostException.class,
                        () -> lookups.find("slow.example", Duration.ofMillis(20)));

        assertEquals("slow.example: no answer within 20 ms", failure.getMessage());
    }

    @Test
    void whoFindsTheQueueFullIsToldAtOnce() throws Exception {
        NameLookups lookups = new NameLookups(this::silent, 1, 1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = callers.submit(() -> lookups.find("a.example", LONG));
            assertTrue(asked.tryAcquire(LONG.toSeconds(), TimeUnit.SECONDS));
            var others =
                    List.of(
                            CompletableFuture.supplyAsync(
                                    () -> fate(lookups, "b.example"), callers),
                            CompletableFuture.supplyAsync(
                                    () -> fate(lookups, "c.example"), callers));

            Object refused =
                    CompletableFuture.anyOf(others.toArray(CompletableFuture[]::new)).get();
            answered.countDown();

            assertTrue(String.valueOf(refused).endsWith("too many names are being looked up"));
            assertEquals(List.of(ONE), first.get());
        }
    }

    private InetAddress[] silent(String host) {
        asked.release();
        try {
            answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ONE;
    }

    private static String fate(NameLookups lookups, String host) {
        try {
            return lookups.find(host, LONG).toString();
        } catch (UnknownHostException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
