package io.strowger.worker.shell.call;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A caller whose every message is written by hand: it does what phones do when packets get lost,
/// and what no phone does.
final class HandPhone implements AutoCloseable {
    static final String SDP =
            """
            v=0
            o=phone 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 40000 RTP/AVP 8
            a=rtpmap:8 PCMA/8000
            """;
    private static final int PATIENCE_MS = 5_000;
    private final DatagramSocket socket;
    private final int worker;
    private final String id;

    HandPhone(String address, int worker) throws IOException {
        this.socket = new DatagramSocket(0, InetAddress.getByName(address));
        this.worker = worker;
        this.id = "hand" + socket.getLocalPort();
    }

    /// Sends an INVITE.
    ///
    /// @param headers further ones, each with its line end
    void invite(String user, int cseq, String branch, String headers) throws IOException {
        request("INVITE", user, "", cseq, branch, headers, SDP);
    }

    /// Sends a request.
    ///
    /// @param toTag empty: none
    void request(
            String method,
            String user,
            String toTag,
            int cseq,
            String branch,
            String headers,
            String body)
            throws IOException {
        String address = socket.getLocalAddress().getHostAddress();
        String crlfBody = body.replace("\n", "\r\n");
        String head =
                """
                %1$s sip:+15550100001@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP %2$s:%3$d;branch=z9hG4bK%4$s%5$s;rport
                Max-Forwards: 70
                From: <sip:%6$s@%2$s>;tag=%4$s
                To: <sip:+15550100001@127.0.0.1>%7$s
                Call-ID: %4$s@%2$s
                CSeq: %8$d %1$s
                Contact: <sip:phone@%2$s:%3$d>
                """
                        .formatted(
                                method,
                                address,
                                socket.getLocalPort(),
                                id,
                                branch,
                                user,
                                toTag.isEmpty() ? "" : ";tag=" + toTag,
                                cseq);
        String type = body.isEmpty() ? "" : "Content-Type: application/sdp\n";
        send(
                (head + headers + type + "Content-Length: " + crlfBody.length() + "\n\n")
                                .replace("\n", "\r\n")
                        + crlfBody);
    }

    /// Answers a request of the worker with 200.
    void agree(String request) throws IOException {
        StringBuilder answer = new StringBuilder("SIP/2.0 200 OK\r\n");
        for (String name : new String[] {"Via", "From", "To", "Call-ID", "CSeq"}) {
            answer.append(name).append(": ").append(header(request, name)).append("\r\n");
        }
        send(answer.append("Content-Length: 0\r\n\r\n").toString());
    }

    private void send(String message) throws IOException {
        send(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] message) throws IOException {
        socket.send(
                new DatagramPacket(
                        message, message.length, InetAddress.getByName("127.0.0.1"), worker));
    }

    /// The next message that begins this way; others are let pass.
    String expect(String start) throws IOException {
        long end = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        StringBuilder passed = new StringBuilder();
        while (System.nanoTime() < end) {
            String message = receive(PATIENCE_MS);
            if (message != null && message.startsWith(start)) {
                return message;
            }
            passed.append(message == null ? "-" : message.lines().findFirst().orElse(""))
                    .append('\n');
        }
        throw new AssertionError("no message '" + start + "' but:\n" + passed);
    }

    /// Null: nothing came in time.
    @Nullable String receive(int ms) throws IOException {
        byte[] buffer = new byte[65_536];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout(ms);
        try {
            socket.receive(packet);
            return new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    static String header(String message, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + ": (.*?)\r?$").matcher(message);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in\n" + message);
        }
        return matcher.group(1);
    }

    static String toTag(String message) {
        return header(message, "To").replaceFirst(".*;tag=", "");
    }

    @Override
    public void close() {
        socket.close();
    }
}
