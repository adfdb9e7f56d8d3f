package io.strowger.phone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One UDP socket, or connections, and one thread: reads messages, runs timers and tasks, repeats
/// requests until they are answered (RFC 3261 17.1).
final class SipTransport {
    private static final Logger LOG = LoggerFactory.getLogger(SipTransport.class);
    private static final long T1_MS = 500;
    private static final long T2_MS = 4000;
    private static final long GIVE_UP_MS = 64 * T1_MS;
    private final @Nullable DatagramChannel socket;
    private final @Nullable StreamLink stream;
    private final PhoneSettings.Transport transport;
    private final Selector selector;
    private final InetSocketAddress address;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((a, b) -> Long.compare(a.dueNs - b.dueNs, 0));
    private final Map<String, ClientTransaction> transactions = new HashMap<>();
    private final AtomicLong branches = new AtomicLong(System.nanoTime());
    private final BiConsumer<SipMessage, InetSocketAddress> requests;
    private final Thread thread;
    private volatile boolean closed;
    private Consumer<InetSocketAddress> connectionEnded = peer -> {};

    private record Timer(long dueNs, Runnable action) {}

    /// A request that waits for its final response.
    private static final class ClientTransaction {
        final byte[] bytes;
        final InetSocketAddress peer;
        final boolean invite;
        final Consumer<SipMessage> responses;
        boolean provisional;
        boolean done;

        ClientTransaction(
                byte[] bytes,
                InetSocketAddress peer,
                boolean invite,
                Consumer<SipMessage> responses) {
            this.bytes = bytes;
            this.peer = peer;
            this.invite = invite;
            this.responses = responses;
        }
    }

    SipTransport(PhoneSettings settings, BiConsumer<SipMessage, InetSocketAddress> requests)
            throws IOException {
        transport = settings.transport();
        InetSocketAddress wanted = new InetSocketAddress(settings.host(), settings.port());
        boolean packets = transport == PhoneSettings.Transport.UDP;
        try {
            socket = packets ? bound(wanted) : null;
            stream =
                    packets
                            ? null
                            : new StreamLink(
                                    wanted, certified(settings), this::arrived, this::ended);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on "
                            + settings.host()
                            + ":"
                            + settings.port()
                            + ": "
                            + e.getMessage(),
                    e);
        }
        selector = Selector.open();
        if (socket != null) {
            socket.register(selector, SelectionKey.OP_READ);
        }
        address =
                stream != null
                        ? stream.address()
                        : (InetSocketAddress) Objects.requireNonNull(socket).getLocalAddress();
        this.requests = requests;
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("phone-sip-" + address.getPort())
                        .unstarted(this::run);
    }

    private static DatagramChannel bound(InetSocketAddress wanted) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_000_000);
            channel.bind(wanted);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable SSLContext certified(PhoneSettings settings) {
        return settings.transport() == PhoneSettings.Transport.TLS ? settings.tls() : null;
    }

    void start() {
        thread.start();
        if (stream != null) {
            stream.start();
        }
    }

    private void arrived(SipMessage message, InetSocketAddress from) {
        submit(() -> dispatch(message, from));
    }

    private void ended(InetSocketAddress peer) {
        submit(() -> connectionEnded.accept(peer));
    }

    /// Before the start: who is told, on this thread, of a connection that is no more.
    void whenAConnectionEnds(Consumer<InetSocketAddress> told) {
        connectionEnded = told;
    }

    /// `;transport=...` of its URIs; empty for UDP.
    String parameter() {
        return socket != null ? "" : ";transport=" + transport.name().toLowerCase(Locale.ROOT);
    }

    String address() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /// A Via header with a new branch.
    String via() {
        return "SIP/2.0/"
                + transport
                + " "
                + address()
                + ";branch=z9hG4bK"
                + Long.toHexString(branches.incrementAndGet())
                + ";rport";
    }

    void submit(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /// Runs `action` on this transport's thread. Call on that thread.
    void after(Duration delay, Runnable action) {
        timers.add(new Timer(System.nanoTime() + delay.toNanos(), action));
    }

    /// Sends a request and repeats it until it is answered; with no answer at all `responses` gets
    /// a 408 of our own (RFC 3261 17.1.1.2, timers A, B, E, F).
    void request(SipMessage message, InetSocketAddress peer, Consumer<SipMessage> responses) {
        ClientTransaction transaction =
                new ClientTransaction(
                        message.toBytes(), peer, message.method().equals("INVITE"), responses);
        transactions.put(key(message), transaction);
        send(transaction.bytes, peer);
        if (stream == null) {
            repeat(transaction, T1_MS);
        }
        after(Duration.ofMillis(GIVE_UP_MS), () -> giveUp(message, transaction));
    }

    /// Repeats a final response until it is acknowledged or 32 s are over (13.3.1.4, timer G).
    void repeatUntil(
            byte[] response,
            InetSocketAddress peer,
            java.util.function.BooleanSupplier acknowledged) {
        send(response, peer);
        repeatResponse(
                response, peer, acknowledged, T1_MS, System.nanoTime() + GIVE_UP_MS * 1_000_000);
    }

    private void repeatResponse(
            byte[] response,
            InetSocketAddress peer,
            java.util.function.BooleanSupplier acknowledged,
            long delayMs,
            long endNs) {
        after(
                Duration.ofMillis(delayMs),
                () -> {
                    if (!acknowledged.getAsBoolean() && System.nanoTime() - endNs < 0) {
                        send(response, peer);
                        repeatResponse(
                                response, peer, acknowledged, Math.min(2 * delayMs, T2_MS), endNs);
                    }
                });
    }

    void send(byte[] bytes, InetSocketAddress peer) {
        try {
            if (stream != null) {
                stream.send(bytes, peer);
            } else if (socket != null) {
                socket.send(ByteBuffer.wrap(bytes), peer);
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a message could not be sent");
        }
    }

    private void repeat(ClientTransaction transaction, long delayMs) {
        after(
                Duration.ofMillis(delayMs),
                () -> {
                    if (!transaction.done && !(transaction.invite && transaction.provisional)) {
                        send(transaction.bytes, transaction.peer);
                        repeat(
                                transaction,
                                transaction.invite ? 2 * delayMs : Math.min(2 * delayMs, T2_MS));
                    }
                });
    }

    private void giveUp(SipMessage request, ClientTransaction transaction) {
        transactions.remove(key(request), transaction);
        if (!transaction.done && !transaction.provisional) {
            transaction.done = true;
            transaction.responses.accept(
                    SipMessage.response(
                            request, 408, "Request Timeout", "", java.util.List.of(), ""));
        }
    }

    private static String key(SipMessage message) {
        return message.branch() + "/" + message.method();
    }

    private void run() {
        ByteBuffer packet = ByteBuffer.allocate(65_536);
        while (!closed) {
            try {
                selector.select(key -> {}, waitMs());
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                while (!timers.isEmpty() && timers.peek().dueNs - System.nanoTime() <= 0) {
                    timers.poll().action.run();
                }
                if (socket != null) {
                    receive(socket, packet);
                }
            } catch (IOException | RuntimeException e) {
                LOG.atError().setCause(e).log("the phone could not handle a message or task");
            }
        }
    }

    private long waitMs() {
        Timer next = timers.peek();
        return next == null
                ? 1000
                : Math.clamp((next.dueNs - System.nanoTime()) / 1_000_000, 1, 1000);
    }

    private void receive(DatagramChannel socket, ByteBuffer packet) throws IOException {
        for (int i = 0; i < 500; i++) {
            packet.clear();
            InetSocketAddress from = (InetSocketAddress) socket.receive(packet);
            if (from == null) {
                return;
            }
            SipMessage.parse(packet.array(), packet.position())
                    .ifPresent(message -> dispatch(message, from));
        }
    }

    private void dispatch(SipMessage message, InetSocketAddress from) {
        if (!message.isResponse()) {
            requests.accept(message, from);
            return;
        }
        ClientTransaction transaction = transactions.get(key(message));
        if (transaction != null) {
            transaction.provisional |= message.status() < 200;
            transaction.done |= message.status() >= 200;
            transaction.responses.accept(message);
        }
    }

    void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(Duration.ofSeconds(2));
            selector.close();
            if (stream != null) {
                stream.close();
            }
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("closing the phone's socket");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
