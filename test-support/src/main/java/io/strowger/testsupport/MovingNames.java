package io.strowger.testsupport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A name server for tests: names below `.moves.test` have the addresses that a test says, one set
/// after the other, as a name server does that its owner uses for DNS rebinding. All other names
/// are looked up as usual. Used by the JDK, in every JVM that has this on its class path; answers
/// are not cached there.
public final class MovingNames extends InetAddressResolverProvider {
    private static final String DOMAIN = ".moves.test";
    private static final Map<String, Deque<List<InetAddress>>> ANSWERS = new ConcurrentHashMap<>();

    static {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    /// A name of its own for one test.
    ///
    /// @param answers literal addresses, comma-separated, for the first look-up, the second...; the
    ///   name has none after the last
    /// @return the name
    public static String name(String label, String... answers) {
        Deque<List<InetAddress>> queue = new ArrayDeque<>();
        for (String answer : answers) {
            queue.add(Arrays.stream(answer.split(",")).map(InetAddress::ofLiteral).toList());
        }
        ANSWERS.put(label + DOMAIN, queue);
        return label + DOMAIN;
    }

    /// Answers that nobody has asked for yet.
    public static int left(String name) {
        Deque<List<InetAddress>> answers = ANSWERS.getOrDefault(name, new ArrayDeque<>());
        synchronized (answers) {
            return answers.size();
        }
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver usual = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                    throws UnknownHostException {
                return host.endsWith(DOMAIN) ? next(host) : usual.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return usual.lookupByAddress(address);
            }
        };
    }

    private static Stream<InetAddress> next(String host) throws UnknownHostException {
        Deque<List<InetAddress>> answers = ANSWERS.get(host);
        if (answers == null) {
            throw new UnknownHostException(host);
        }
        synchronized (answers) {
            List<InetAddress> next = answers.poll();
            if (next == null) {
                throw new UnknownHostException(host);
            }
            return next.stream();
        }
    }

    @Override
    public String name() {
        return "names on the move";
    }
}
