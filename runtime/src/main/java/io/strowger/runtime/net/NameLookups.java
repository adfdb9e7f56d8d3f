package io.strowger.runtime.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks host names up on platform threads of its own. The look-up of the JDK is a native call that
/// keeps its carrier: as many silent name servers as there are processors would stop every virtual
/// thread of the process. Here they stop only those who asked.
///
/// Safe for all threads; whoever asks waits, so not from event loops or media threads.
public final class NameLookups {
    private static final int THREADS = 16;
    private static final int WAITING = 4096;
    private static final NameLookups OF_THE_SYSTEM =
            new NameLookups(InetAddress::getAllByName, THREADS, WAITING);

    private final Names names;
    private final ThreadPoolExecutor threads;

    /// Where names are looked up.
    @FunctionalInterface
    interface Names {
        InetAddress[] find(String host) throws UnknownHostException;
    }

    NameLookups(Names names, int threads, int waiting) {
        this.names = names;
        this.threads =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(waiting),
                        Thread.ofPlatform().daemon().name("names-", 0).factory());
        this.threads.allowCoreThreadTimeOut(true);
    }

    /// Those of the process: 16 look-ups at once, 4096 waiting.
    public static NameLookups ofTheSystem() {
        return OF_THE_SYSTEM;
    }

    /// @param host a name, or an address as text
    /// @param patience how long the caller waits; the look-up itself cannot be broken off
    /// @return at least one address
    /// @throws UnknownHostException when there is none, none came in time, or too many ask already
    public List<InetAddress> find(String host, Duration patience) throws UnknownHostException {
        Future<InetAddress[]> found;
        try {
            found = threads.submit(() -> names.find(host));
        } catch (RejectedExecutionException e) {
            throw because(host, "too many names are being looked up", e);
        }
        try {
            return List.of(found.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            found.cancel(false);
            throw because(host, "no answer within " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw because(host, "it has no address", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw because(host, "interrupted", e);
        }
    }

    private static UnknownHostException because(String host, String why, Throwable cause) {
        UnknownHostException failure = new UnknownHostException(host + ": " + why);
        failure.initCause(cause);
        return failure;
    }
}
