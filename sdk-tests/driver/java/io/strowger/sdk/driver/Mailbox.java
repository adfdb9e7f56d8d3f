package io.strowger.sdk.driver;

import com.azure.communication.callautomation.models.events.CallAutomationEventBase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/// The events of one call.
final class Mailbox {
    private static final long SOON_NS = 15_000_000_000L;
    private final String url;
    private final List<CallAutomationEventBase> events = new ArrayList<>();
    private final List<String> all = new ArrayList<>();

    Mailbox(String url) {
        this.url = url;
    }

    /// The callback URI.
    String url() {
        return url;
    }

    synchronized void put(CallAutomationEventBase event) {
        events.add(event);
        all.add(event.getClass().getSimpleName());
        notifyAll();
    }

    <E extends CallAutomationEventBase> E takes(Class<E> type) {
        return takes(type, event -> true);
    }

    /// Takes the first event of that type that nobody took yet.
    synchronized <E extends CallAutomationEventBase> E takes(Class<E> type, Predicate<E> which) {
        long endNs = System.nanoTime() + SOON_NS;
        while (System.nanoTime() - endNs < 0) {
            for (Iterator<CallAutomationEventBase> each = events.iterator(); each.hasNext(); ) {
                CallAutomationEventBase event = each.next();
                if (type.isInstance(event) && which.test(type.cast(event))) {
                    each.remove();
                    return type.cast(event);
                }
            }
            try {
                wait(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("stopped", e);
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " in time; so far " + all);
    }
}
