package io.strowger.phone;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIP over TCP or TLS (RFC 3261 18): connections that came and connections that were made, each
/// used both ways as long as it lasts (RFC 5923). Messages are told on threads of the connections.
final class StreamLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamLink.class);
    private static final int CONNECT_MS = 5_000;
    private static final int LARGEST = 65_536;
    private static final Pattern LENGTH =
            Pattern.compile("(?im)^(?:Content-Length|l)\\s*:\\s*(\\d{1,5})\\s*$");
    private final ServerSocket server;
    private final @Nullable SSLContext tls;
    private final BiConsumer<SipMessage, InetSocketAddress> received;
    private final Consumer<InetSocketAddress> ended;
    private final Map<InetSocketAddress, Socket> connections = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// @param tls null: plain TCP
    /// @param ended told of each connection that is no more, by its far end's address
    StreamLink(
            InetSocketAddress address,
            @Nullable SSLContext tls,
            BiConsumer<SipMessage, InetSocketAddress> received,
            Consumer<InetSocketAddress> ended)
            throws IOException {
        this.tls = tls;
        this.received = received;
        this.ended = ended;
        this.server =
                tls == null
                        ? new ServerSocket()
                        : tls.getServerSocketFactory().createServerSocket();
        server.bind(address);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    void start() {
        Thread.ofVirtual().name("phone-accept").start(this::accept);
    }

    private void accept() {
        while (!closed) {
            try {
                open(server.accept());
            } catch (IOException e) {
                if (!closed) {
                    LOG.atWarn().setCause(e).log("the phone could not take a connection");
                }
            }
        }
    }

    private Socket open(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        connections.put(peer, socket);
        Thread.ofVirtual().name("phone-connection").start(() -> read(socket, peer));
        return socket;
    }

    /// Over the connection that there is, else over a new one.
    void send(byte[] bytes, InetSocketAddress peer) throws IOException {
        Socket socket = connections.get(peer);
        if (socket == null || socket.isClosed()) {
            socket = open(connect(peer));
        }
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private Socket connect(InetSocketAddress peer) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(peer, CONNECT_MS);
            return tls == null ? plain : secured(tls, plain, peer);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket secured(SSLContext tls, Socket plain, InetSocketAddress peer)
            throws IOException {
        SSLSocket secure =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(plain, peer.getHostString(), peer.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private void read(Socket socket, InetSocketAddress peer) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (byte[] message = next(in); message != null; message = next(in)) {
                SipMessage.parse(message, message.length)
                        .ifPresent(parsed -> received.accept(parsed, peer));
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a connection of the phone broke");
        } finally {
            connections.remove(peer, socket);
            if (!closed) {
                ended.accept(peer);
            }
        }
    }

    /// The next message (18.3); null: the connection ended, or makes no sense any more. Empty lines
    /// between messages are keep-alives (RFC 5626 3.5.1).
    private static byte @Nullable [] next(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(1_000);
        int lineBreaks = 0;
        while (lineBreaks < 4) {
            int next = in.read();
            if (next < 0 || head.size() > LARGEST) {
                return null;
            }
            boolean isBreak = next == '\r' || next == '\n';
            if (isBreak && head.size() == 0) {
                continue;
            }
            head.write(next);
            lineBreaks = isBreak ? lineBreaks + 1 : 0;
        }
        Matcher length = LENGTH.matcher(head.toString(StandardCharsets.UTF_8));
        head.write(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
        return head.toByteArray();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        for (Socket socket : connections.values()) {
            socket.close();
        }
    }
}
