package io.strowger.worker.shell.sip;

import gov.nist.core.net.DefaultNetworkLayer;
import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import io.strowger.worker.core.registration.RegisterLimits;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The library's sockets, with a guard at the UDP door: what banned sources send, and REGISTERs
/// above the limits, is dropped as it is read, before anything is parsed, so that a flood of them
/// does not queue in front of the messages of calls. Made by the library, by name.
public final class GuardedSockets implements NetworkLayer {
    private final NetworkLayer plain = DefaultNetworkLayer.SINGLETON;
    private volatile LongAdder dropped = new LongAdder();
    private volatile Predicate<String> banned = host -> false;
    private volatile @Nullable TlsSockets tls;

    /// For the sockets made from now on.
    ///
    /// @param banned whose datagrams are not looked at, by address
    /// @param counter of what is dropped
    void guardBy(Predicate<String> banned, LongAdder counter) {
        this.banned = banned;
        dropped = counter;
    }

    /// Makes the sockets of TLS; without it there is none.
    void secureBy(TlsSockets sockets) {
        tls = sockets;
    }

    private TlsSockets tls() throws IOException {
        TlsSockets present = tls;
        if (present == null) {
            throw new IOException("SIP over TLS is off");
        }
        return present;
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress address)
            throws SocketException {
        return new GuardedSocket(port, address, banned, dropped);
    }

    @Override
    public DatagramSocket createDatagramSocket() throws SocketException {
        return plain.createDatagramSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
            throws IOException {
        return plain.createServerSocket(port, backlog, address);
    }

    @Override
    public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress address)
            throws IOException {
        return tls().listen(port, backlog, address);
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        return plain.createSocket(address, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress from) throws IOException {
        return plain.createSocket(address, port, from);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort)
            throws IOException {
        return plain.createSocket(address, port, from, fromPort);
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
        return tls().connect(address, port, null);
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress from)
            throws IOException {
        return tls().connect(address, port, from);
    }

    @Override
    public void setSipStack(SipStackImpl stack) {
        // Needs none.
    }

    /// Read by one thread of the library.
    private static final class GuardedSocket extends DatagramSocket {
        private static final byte[] REGISTER = {'R', 'E', 'G', 'I', 'S', 'T', 'E', 'R', ' '};
        private final RegisterLimits limits = new RegisterLimits(System.nanoTime());
        private final Predicate<String> banned;
        private final LongAdder dropped;

        private GuardedSocket(
                int port, InetAddress address, Predicate<String> banned, LongAdder dropped)
                throws SocketException {
            super(port, address);
            this.banned = banned;
            this.dropped = dropped;
        }

        @Override
        public void receive(DatagramPacket packet) throws IOException {
            super.receive(packet);
            while (isUnwanted(packet)) {
                dropped.increment();
                super.receive(packet);
            }
        }

        private boolean isUnwanted(DatagramPacket packet) {
            String host = packet.getAddress().getHostAddress();
            return banned.test(host)
                    || isRegister(packet) && !limits.admit(host, System.nanoTime());
        }

        /// Empty lines may stand before a request (RFC 3261 7.5).
        private static boolean isRegister(DatagramPacket packet) {
            byte[] data = packet.getData();
            int at = packet.getOffset();
            int end = at + packet.getLength();
            while (at < end && (data[at] == '\r' || data[at] == '\n')) {
                at++;
            }
            int i = 0;
            while (i < REGISTER.length && at + i < end && data[at + i] == REGISTER[i]) {
                i++;
            }
            return i == REGISTER.length;
        }
    }
}
