package io.strowger.worker.shell.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The sockets of SIP over TLS. Whoever we connect to must show a certificate for the name that we
/// know it by (RFC 5922 7.1); whoever connects to us need show none.
final class TlsSockets {
    private static final int CONNECT_MS = 5_000;
    private final SSLContext context;
    private final Function<InetAddress, String> names;

    /// @param names what the certificate at an address must be good for
    TlsSockets(SSLContext context, Function<InetAddress, String> names) {
        this.context = context;
        this.names = names;
    }

    String[] cipherSuites() {
        return context.getDefaultSSLParameters().getCipherSuites();
    }

    SSLServerSocket listen(int port, int backlog, InetAddress address) throws IOException {
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(port, backlog, address);
    }

    /// Connected; the handshake is the library's, which also bounds its time.
    SSLSocket connect(InetAddress address, int port, @Nullable InetAddress from)
            throws IOException {
        Socket plain = new Socket();
        try {
            if (from != null) {
                plain.bind(new InetSocketAddress(from, 0));
            }
            plain.connect(new InetSocketAddress(address, port), CONNECT_MS);
            plain.setTcpNoDelay(true);
            SSLSocket secure =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(plain, names.apply(address), port, true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            return secure;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }
}
