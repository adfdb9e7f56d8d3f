package io.strowger.worker.shell.call;

import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.sip.Digest;
import io.strowger.worker.core.sip.DigestChallenge;
import io.strowger.worker.core.sip.SipRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A phone written message by message, for what no real one does: it lies about its address, and
/// answers when it should not.
final class RawPhone implements AutoCloseable {
    static final String SDP =
            "v=0\r\no=p 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                    + "m=audio 4000 RTP/AVP 0\r\n";
    private final @Nullable DatagramSocket datagrams;
    private final @Nullable Socket connection;
    private final int server;
    private static int number;
    private int cseq;
    private final String id = "raw" + ++number;

    private RawPhone(@Nullable DatagramSocket datagrams, @Nullable Socket connection, int server) {
        this.datagrams = datagrams;
        this.connection = connection;
        this.server = server;
    }

    /// @param server port of the worker on 127.0.0.1
    static RawPhone udp(String host, int server) throws IOException {
        return new RawPhone(new DatagramSocket(0, InetAddress.getByName(host)), null, server);
    }

    static RawPhone tcp(int server) throws IOException {
        return new RawPhone(null, new Socket("127.0.0.1", server), server);
    }

    int port() {
        return datagrams != null ? datagrams.getLocalPort() : socket().getLocalPort();
    }

    private Socket socket() {
        if (connection == null) {
            throw new AssertionError("no connection");
        }
        return connection;
    }

    /// Registers in two steps.
    ///
    /// @param contact value of Contact
    /// @return the last answer; null: none
    @Nullable String register(SipUser user, String contact, int expires) throws IOException {
        send(request("REGISTER", user.username(), "Contact: " + contact, "Expires: " + expires));
        String challenge = receive(3_000);
        if (challenge == null || !challenge.startsWith("SIP/2.0 401")) {
            return challenge;
        }
        send(
                request(
                        "REGISTER",
                        user.username(),
                        "Contact: " + contact,
                        "Expires: " + expires,
                        "Authorization: " + authorization(challenge, user)));
        return receive(5_000);
    }

    private static String authorization(String challenge, SipUser user) {
        DigestChallenge asked =
                headers(challenge, "WWW-Authenticate").stream()
                        .map(value -> DigestChallenge.parse(false, value))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseThrow();
        SipRequest shape =
                new SipRequest(
                        "REGISTER",
                        "sip:127.0.0.1",
                        "",
                        "",
                        "",
                        1,
                        List.of(),
                        null,
                        List.of(),
                        null);
        return Digest.answer(
                        asked,
                        new Digest.Credentials(user.username(), user.password()),
                        shape,
                        "c0ffee",
                        1)
                .value();
    }

    String request(String method, String user, String... headers) {
        int next = ++cseq;
        StringBuilder text = new StringBuilder(method + " sip:127.0.0.1 SIP/2.0\r\n");
        line(
                text,
                "Via: SIP/2.0/"
                        + (datagrams != null ? "UDP" : "TCP")
                        + " 192.0.2.55:5060;rport;branch=z9hG4bK"
                        + id
                        + "x"
                        + next);
        line(text, "Max-Forwards: 70");
        line(text, "From: <sip:" + user + "@127.0.0.1>;tag=" + id);
        line(text, "To: <sip:" + user + "@127.0.0.1>");
        line(text, "Call-ID: " + id + "@192.0.2.55");
        line(text, "CSeq: " + next + " " + method);
        List.of(headers).forEach(header -> line(text, header));
        line(text, "Content-Length: 0");
        return text.append("\r\n").toString();
    }

    /// Answers a request that came.
    ///
    /// @param contact value of Contact; with it goes an SDP
    void respond(String request, String status, @Nullable String contact) throws IOException {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + "\r\n");
        headers(request, "Via").forEach(via -> line(text, "Via: " + via));
        line(text, "From: " + headers(request, "From").getFirst());
        String to = headers(request, "To").getFirst();
        line(text, "To: " + to + (to.contains("tag=") ? "" : ";tag=" + id));
        line(text, "Call-ID: " + headers(request, "Call-ID").getFirst());
        line(text, "CSeq: " + headers(request, "CSeq").getFirst());
        if (contact == null) {
            line(text, "Content-Length: 0");
            send(text.append("\r\n").toString());
            return;
        }
        line(text, "Contact: " + contact);
        line(text, "Content-Type: application/sdp");
        line(text, "Content-Length: " + SDP.length());
        send(text.append("\r\n").append(SDP).toString());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append("\r\n");
    }

    static List<String> headers(String message, String name) {
        List<String> values = new ArrayList<>();
        for (String line : message.lines().toList()) {
            if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                values.add(line.substring(name.length() + 1).strip());
            }
        }
        return values;
    }

    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (datagrams != null) {
            datagrams.send(
                    new DatagramPacket(
                            bytes, bytes.length, InetAddress.getByName("127.0.0.1"), server));
        } else {
            socket().getOutputStream().write(bytes);
        }
    }

    /// The next request with this method; others and repeated ones are passed over.
    String await(String method) throws IOException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < deadline) {
            String message = receive(1_000);
            if (message != null && message.startsWith(method + " ")) {
                return message;
            }
        }
        throw new AssertionError("no " + method);
    }

    @Nullable String receive(int ms) throws IOException {
        try {
            return datagrams != null ? datagram(datagrams, ms) : framed(ms);
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    private static String datagram(DatagramSocket socket, int ms) throws IOException {
        byte[] buffer = new byte[65_536];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout(ms);
        socket.receive(packet);
        return new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private String framed(int ms) throws IOException {
        socket().setSoTimeout(ms);
        InputStream in = socket().getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new AssertionError("the worker hung up on the phone");
            }
            head.write(c);
        }
        String text = head.toString(StandardCharsets.UTF_8);
        int length = Integer.parseInt(headers(text, "Content-Length").getFirst());
        return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (datagrams != null) {
            datagrams.close();
        } else {
            socket().close();
        }
    }
}
