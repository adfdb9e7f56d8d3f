package io.strowger.standalone.platform;

import io.strowger.runtime.lifecycle.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts and stops services side by side: they wait for the broker most of the time.
final class StartAll {
    private static final Logger LOG = LoggerFactory.getLogger(StartAll.class);

    private StartAll() {}

    /// @throws Exception the first failure; what did start is stopped again
    static void start(List<Service> services) throws Exception {
        try {
            each(services, Service::start);
        } catch (ExecutionException e) {
            stop(services);
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /// Stops all; failures are logged.
    static void stop(List<Service> services) throws InterruptedException {
        try {
            each(services, StartAll::stop);
        } catch (ExecutionException e) {
            LOG.atError().setCause(e).log("a service did not stop");
        }
    }

    private static void stop(Service service) throws InterruptedException {
        try {
            service.stop();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("service", service.name())
                    .log("a service did not stop cleanly");
        }
    }

    private interface Step {
        void on(Service service) throws Exception;
    }

    private static void each(List<Service> services, Step step)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> running = new ArrayList<>();
            for (Service service : services) {
                running.add(
                        threads.submit(() -> {
                            step.on(service);
                            return null;
                        }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }
}
