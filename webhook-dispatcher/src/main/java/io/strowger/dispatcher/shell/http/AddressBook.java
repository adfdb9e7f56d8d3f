package io.strowger.dispatcher.shell.http;

import io.strowger.runtime.net.OutsideAddresses;
import io.strowger.runtime.net.RefusedAddressException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Host names to addresses that may be connected to. A name is looked up beside the event loop,
/// once for everybody who asks meanwhile; a slow name server delays only those who need it. Used on
/// one event loop.
final class AddressBook {
    private static final long KEPT_NS = Duration.ofSeconds(10).toNanos();
    private static final int MOST = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final Context context;
    private final OutsideAddresses outside;
    private final Map<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

    private record Entry(long untilNs, Future<List<InetAddress>> addresses) {}

    /// The host has an address that webhooks must not go to.
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    AddressBook(Context context, boolean allowPrivate) {
        this.context = context;
        this.outside = new OutsideAddresses(allowPrivate, "webhooks.allowPrivateAddresses");
    }

    /// At least one address; fails with [RefusedException] or [UnknownHostException].
    ///
    /// @param host as in a URI, IPv6 in brackets
    Future<List<InetAddress>> find(String host, long nowNs) {
        Entry known = entries.get(host);
        if (known != null && (nowNs - known.untilNs < 0 || !known.addresses.isComplete())) {
            return known.addresses;
        }
        Promise<List<InetAddress>> promise = Promise.promise();
        Entry entry = new Entry(nowNs + KEPT_NS, promise.future());
        entries.put(host, entry);
        if (entries.size() > MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
        promise.future().onFailure(unused -> entries.remove(host, entry));
        Thread.ofVirtual().name("resolve").start(() -> resolve(host, promise));
        return promise.future();
    }

    private void resolve(String host, Promise<List<InetAddress>> promise) {
        try {
            List<InetAddress> addresses = outside.find(host, PATIENCE);
            context.runOnContext(unused -> promise.complete(addresses));
        } catch (RefusedAddressException e) {
            context.runOnContext(unused -> promise.fail(new RefusedException(e.kind())));
        } catch (UnknownHostException | SecurityException e) {
            context.runOnContext(unused -> promise.fail(e));
        }
    }
}
