package io.strowger.standalone.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Asks a SIP peer for its OPTIONS (RFC 3261 11), as a look at whether anybody answers there.
final class OptionsPing {
    private static final int PATIENCE_MS = 2000;

    private OptionsPing() {}

    /// @param connection null: UDP
    /// @return the status line of the answer; empty when none came in two seconds
    static Optional<String> over(@Nullable Connection connection, String host, int port)
            throws IOException {
        return connection == null ? udp(host, port) : connected(connection, host, port);
    }

    /// @param tls null: TCP
    record Connection(@Nullable SSLContext tls) {
        Socket open(String host, int port) throws IOException {
            Socket plain = new Socket();
            plain.connect(new InetSocketAddress(host, port), PATIENCE_MS);
            plain.setSoTimeout(PATIENCE_MS);
            if (tls == null) {
                return plain;
            }
            SSLSocket secure =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            return secure;
        }
    }

    private static Optional<String> udp(String host, int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port));
            socket.setSoTimeout(PATIENCE_MS);
            byte[] request =
                    request("UDP", host, port, socket.getLocalAddress(), socket.getLocalPort());
            socket.send(new DatagramPacket(request, request.length));
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);
            return statusLine(answer.getData(), answer.getLength());
        } catch (java.net.SocketTimeoutException silent) {
            return Optional.empty();
        }
    }

    private static Optional<String> connected(Connection connection, String host, int port)
            throws IOException {
        try (Socket socket = connection.open(host, port)) {
            socket.getOutputStream()
                    .write(
                            request(
                                    connection.tls() == null ? "TCP" : "TLS",
                                    host,
                                    port,
                                    socket.getLocalAddress(),
                                    socket.getLocalPort()));
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[4096];
            int read = in.read(answer);
            return read <= 0 ? Optional.empty() : statusLine(answer, read);
        } catch (java.net.SocketTimeoutException silent) {
            return Optional.empty();
        }
    }

    private static byte[] request(
            String transport, String host, int port, InetAddress local, int localPort) {
        String here = local.getHostAddress() + ":" + localPort;
        String mark = Long.toHexString(System.nanoTime());
        return String.join(
                        "\r\n",
                        "OPTIONS sip:" + host + ":" + port + " SIP/2.0",
                        "Via: SIP/2.0/" + transport + " " + here + ";rport;branch=z9hG4bK" + mark,
                        "Max-Forwards: 70",
                        "From: <sip:doctor@" + here + ">;tag=" + mark,
                        "To: <sip:" + host + ":" + port + ">",
                        "Call-ID: doctor-" + mark,
                        "CSeq: 1 OPTIONS",
                        "Content-Length: 0",
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Optional<String> statusLine(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.US_ASCII);
        return text.startsWith("SIP/2.0 ")
                ? text.lines().findFirst().map(line -> line.substring("SIP/2.0 ".length()))
                : Optional.empty();
    }
}
