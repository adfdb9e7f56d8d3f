package io.strowger.worker.shell.sip;

import gov.nist.javax.sip.SipStackImpl;
import io.strowger.worker.core.registration.RegisterInbox;
import io.strowger.worker.core.registration.RegisterRequest;
import io.strowger.worker.core.route.KnownPeers;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.SipInbox;
import io.strowger.worker.core.sip.SipSignal;
import io.strowger.worker.core.sip.SipWire;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.TooManyListenersException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipProvider;
import org.jspecify.annotations.Nullable;

/// The worker's SIP ports: UDP, TCP and TLS. Open from construction to [#close].
public final class SipEndpoint implements AutoCloseable {
    private static final int PORT_TRIES = 20;
    private final SipStackImpl stack;
    private final int port;
    private final int tlsPort;
    private final JainWire wire;
    private final SipMeters meters = new SipMeters();
    private final ScheduledExecutorService housekeeping;

    private final Door door = new Door();
    private final Doorkeeper doorkeeper;

    private SipEndpoint(SipEndpointSettings settings, Supplier<KnownPeers> peers, Ports ports)
            throws SipException, InvalidArgumentException, TooManyListenersException {
        this.port = ports.plain();
        this.tlsPort = ports.tls();
        this.stack = new SipStackImpl(SipStackProperties.named("strowger-" + port));
        this.doorkeeper = new Doorkeeper(settings.bans(), peers, door);
        GuardedSockets sockets = (GuardedSockets) stack.getNetworkLayer();
        sockets.guardBy(doorkeeper::isBanned, meters.droppedRequests);
        SipProvider provider =
                stack.createSipProvider(
                        stack.createListeningPoint(settings.host(), port, ListeningPoint.UDP));
        if (settings.tcp()) {
            provider.addListeningPoint(
                    stack.createListeningPoint(settings.host(), port, ListeningPoint.TCP));
        }
        SipEndpointSettings.Tls tls = settings.tls();
        if (tls != null) {
            TlsSockets secure = new TlsSockets(tls.context(), tls.names());
            sockets.secureBy(secure);
            stack.setEnabledCipherSuites(secure.cipherSuites());
            provider.addListeningPoint(
                    stack.createListeningPoint(settings.host(), tlsPort, ListeningPoint.TLS));
        }
        this.housekeeping =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("sip-housekeeping").daemon().factory());
        this.wire =
                new JainWire(
                        provider,
                        new MessageWriter(settings.advertisedHost(), port, tlsPort),
                        door,
                        meters,
                        housekeeping);
        provider.addSipListener(
                new JainListener(provider, wire, door, peers, door, doorkeeper, meters));
    }

    /// @param tls 0: none
    private record Ports(int plain, int tls) {}

    /// Binds the port; nothing is taken before [#start].
    ///
    /// @param peers who may speak to us now; asked for each stray request
    /// @throws IOException when it is taken
    public static SipEndpoint open(SipEndpointSettings settings, Supplier<KnownPeers> peers)
            throws IOException {
        InetAddress address = InetAddress.getByName(settings.host());
        int port = settings.port() == 0 ? freePort(address) : settings.port();
        probe(address, port);
        Ports ports =
                new Ports(port, settings.tls() == null ? 0 : tlsPort(settings.tls(), address));
        try {
            return new SipEndpoint(settings, peers, ports);
        } catch (SipException | InvalidArgumentException | TooManyListenersException e) {
            throw new IOException("no SIP on " + settings.host() + ":" + ports, e);
        }
    }

    /// A failed bind inside the library leaves it in pieces, so whether it can work is tried first.
    private static void probe(InetAddress address, int port) throws IOException {
        try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(address, port));
                ServerSocket tcp = new ServerSocket(port, 1, address)) {
            if (udp.isClosed() || tcp.isClosed()) {
                throw new IOException("SIP port closed at once: " + port);
            }
        } catch (IOException e) {
            throw new IOException("the SIP port " + port + " is taken", e);
        }
    }

    private static int tlsPort(SipEndpointSettings.Tls tls, InetAddress address)
            throws IOException {
        try (ServerSocket free = new ServerSocket(tls.port(), 1, address)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new IOException("the port of SIP over TLS " + tls.port() + " is taken", e);
        }
    }

    private static int freePort(InetAddress address) throws IOException {
        for (int i = 0; ; i++) {
            try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(address, 0))) {
                int candidate = udp.getLocalPort();
                try (ServerSocket tcp = new ServerSocket(candidate, 1, address)) {
                    return tcp.getLocalPort();
                } catch (IOException e) {
                    if (i == PORT_TRIES) {
                        throw e;
                    }
                }
            }
        }
    }

    /// Begins to take messages.
    public void start(SipInbox inbox) throws IOException {
        door.inbox = inbox;
        try {
            stack.start();
        } catch (SipException e) {
            throw new IOException("no SIP on port " + port, e);
        }
    }

    /// Messages go to another from now on.
    public void handTo(SipInbox inbox) {
        door.inbox = inbox;
    }

    /// Takes REGISTERs from now on; without it users are strangers.
    public void registerWith(RegisterInbox registrar) {
        door.registrar = registrar;
    }

    /// The bound port.
    public int port() {
        return port;
    }

    /// The bound port of TLS; 0: there is none.
    public int tlsPort() {
        return tlsPort;
    }

    /// The way out.
    public SipWire wire() {
        return wire;
    }

    public SipMeters meters() {
        return meters;
    }

    /// Sources that are not listened to now.
    public int bannedSources() {
        return doorkeeper.banned();
    }

    @Override
    public void close() {
        stack.stop();
        housekeeping.shutdownNow();
    }

    /// Who lives behind the port: nobody until the start.
    private static final class Door implements SipInbox, RegisterInbox {
        private volatile @Nullable SipInbox inbox;
        private volatile @Nullable RegisterInbox registrar;

        @Override
        public boolean signal(String sipCallId, SipSignal signal) {
            SipInbox present = inbox;
            return present != null && present.signal(sipCallId, signal);
        }

        @Override
        public boolean knows(String sipCallId) {
            SipInbox present = inbox;
            return present != null && present.knows(sipCallId);
        }

        @Override
        public Arrival weigh(IncomingInvite invite) {
            SipInbox present = inbox;
            return present == null ? new Arrival.Closed() : present.weigh(invite);
        }

        @Override
        public void arrived(IncomingInvite invite, Arrival.Welcome welcome) {
            SipInbox present = inbox;
            if (present != null) {
                present.arrived(invite, welcome);
            }
        }

        public Admission admission(RegisterRequest request) {
            RegisterInbox present = registrar;
            return present == null ? Admission.UNKNOWN : present.admission(request);
        }

        @Override
        public boolean take(RegisterRequest request, long exchange) {
            RegisterInbox present = registrar;
            return present == null || present.take(request, exchange);
        }

        @Override
        public boolean isHostOfPhones(String host) {
            RegisterInbox present = registrar;
            return present != null && present.isHostOfPhones(host);
        }

        @Override
        public boolean isPhone(String source) {
            RegisterInbox present = registrar;
            return present != null && present.isPhone(source);
        }
    }
}
