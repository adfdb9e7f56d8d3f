package io.strowger.phone;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A registrar of one user with one password, which challenges every REGISTER and computes the
/// digest by itself.
final class TestRegistrar implements AutoCloseable {
    private final DatagramSocket socket;
    private final List<String> challenges;
    private final String password;
    final List<SipMessage> accepted = new CopyOnWriteArrayList<>();
    final List<SipMessage> seen = new CopyOnWriteArrayList<>();

    TestRegistrar(String password, String... challenges) throws IOException {
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        this.password = password;
        this.challenges = List.of(challenges);
        Thread.ofPlatform().daemon().name("test-registrar").start(this::run);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void run() {
        byte[] buffer = new byte[8192];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                SipMessage request = SipMessage.parse(buffer, packet.getLength()).orElseThrow();
                seen.add(request);
                byte[] answer = answer(request).toBytes();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }
    }

    private SipMessage answer(SipMessage request) {
        boolean good = request.header("Authorization").filter(this::isRight).isPresent();
        if (good) {
            accepted.add(request);
        }
        return SipMessage.response(
                request,
                good ? 200 : 401,
                good ? "OK" : "Unauthorized",
                "registrar",
                good
                        ? List.of()
                        : challenges.stream()
                                .map(value -> new SipMessage.Header("WWW-Authenticate", value))
                                .toList(),
                "");
    }

    private boolean isRight(String authorization) {
        String algorithm = value(authorization, "algorithm");
        String one = hash(algorithm, value(authorization, "username") + ":strowger:" + password);
        String two = hash(algorithm, "REGISTER:" + value(authorization, "uri"));
        String all =
                hash(
                        algorithm,
                        one
                                + ":"
                                + value(authorization, "nonce")
                                + ":"
                                + value(authorization, "nc")
                                + ":"
                                + value(authorization, "cnonce")
                                + ":auth:"
                                + two);
        return all.equals(value(authorization, "response"));
    }

    private static String value(String header, String name) {
        Matcher found = Pattern.compile("\\b" + name + "=\"?([^\",]*)").matcher(header);
        return found.find() ? found.group(1) : "";
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance(algorithm)
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
