package io.strowger.worker;

import io.strowger.worker.core.route.KnownPeers;
import io.strowger.worker.core.route.Trunk;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may speak to this worker: the addresses allowed to its trunks, and those that the host names
/// in their URIs have now. Names are looked up again and again, as they move, and as the name
/// service may be down when the worker starts; a name that has no address for a while keeps its
/// last ones. Read by any thread.
final class TrunkAddresses implements Supplier<KnownPeers>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrunkAddresses.class);

    /// As long as the JDK keeps an address.
    private static final Duration LOOK_UP_EVERY = Duration.ofSeconds(30);

    private final List<Trunk> trunks;
    private final NameService names;
    private final Map<String, List<String>> found = new HashMap<>();
    private final ScheduledThreadPoolExecutor timer;
    private volatile KnownPeers peers;
    private volatile Map<String, String> hosts = Map.of();

    /// Turns a host name into literal addresses.
    interface NameService {
        List<String> addresses(String host) throws UnknownHostException;
    }

    TrunkAddresses(List<Trunk> trunks) {
        this(trunks, TrunkAddresses::ask, LOOK_UP_EVERY);
    }

    TrunkAddresses(List<Trunk> trunks, NameService names, Duration every) {
        this.trunks = List.copyOf(trunks);
        this.names = names;
        this.peers = lookUp();
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("trunk-names").daemon().factory());
        var _ =
                timer.scheduleWithFixedDelay(
                        () -> peers = lookUp(),
                        every.toMillis(),
                        every.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public KnownPeers get() {
        return peers;
    }

    /// What a certificate at this address must be good for: the name that was looked up for it;
    /// else, as a Contact often names an address only, the host of the trunk that lives there; else
    /// the address.
    String certified(InetAddress address) {
        String text = address.toString();
        int slash = text.indexOf('/');
        return slash > 0
                ? text.substring(0, slash)
                : hosts.getOrDefault(address.getHostAddress(), address.getHostAddress());
    }

    private KnownPeers lookUp() {
        Map<String, List<String>> addresses = new LinkedHashMap<>();
        Map<String, String> names = new HashMap<>();
        for (Trunk trunk : trunks) {
            List<String> all = new ArrayList<>();
            trunk.allowedAddresses().forEach(allowed -> all.addAll(literal(trunk, allowed)));
            List<String> own = addressesOf(trunk, trunk.uri().host());
            own.forEach(address -> names.putIfAbsent(address, trunk.uri().host()));
            all.addAll(own);
            addresses.put(trunk.name(), all);
        }
        hosts = Map.copyOf(names);
        return KnownPeers.ofTrunks(addresses);
    }

    /// What is allowed may be a name, too, with or without a port.
    private List<String> literal(Trunk trunk, String allowed) {
        if (KnownPeers.isLiteral(allowed)) {
            return List.of(allowed);
        }
        int colon = allowed.lastIndexOf(':');
        String host = colon < 0 ? allowed : allowed.substring(0, colon);
        String port = colon < 0 ? "" : allowed.substring(colon);
        return addressesOf(trunk, host).stream()
                .map(address ->
                        address.indexOf(':') >= 0 && !port.isEmpty()
                                ? "[" + address + "]" + port
                                : address + port)
                .toList();
    }

    private List<String> addressesOf(Trunk trunk, String host) {
        List<String> last = found.getOrDefault(host, List.of());
        try {
            List<String> now = names.addresses(host);
            found.put(host, now);
            if (!now.equals(last)) {
                LOG.atInfo()
                        .addKeyValue("trunk", trunk.name())
                        .addKeyValue("addresses", now)
                        .log("addresses of a trunk");
            }
            return now;
        } catch (UnknownHostException e) {
            LOG.atWarn()
                    .addKeyValue("trunk", trunk.name())
                    .setCause(e)
                    .log("the trunk's host name has no address now");
            return last;
        }
    }

    private static List<String> ask(String host) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(InetAddress::getHostAddress)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
