package io.strowger.recording.shell.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One connection on which exactly what is said is sent, and which reads when it is told to.
final class RawExchange implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;
    private final Socket socket;

    RawExchange(int port) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(32 * 1024);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port), PATIENCE_MS);
        socket.setSoTimeout(PATIENCE_MS);
    }

    /// @param headers by name in small letters
    record Response(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /// On a connection of its own.
    static Response ask(int port, String head) throws IOException {
        try (RawExchange exchange = new RawExchange(port)) {
            exchange.send(head);
            return exchange.response(!head.startsWith("HEAD"));
        }
    }

    void send(String head) throws IOException {
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    Response response(boolean hasBody) throws IOException {
        Response head = head();
        int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
        byte[] body = hasBody ? socket.getInputStream().readNBytes(length) : new byte[0];
        return new Response(head.status(), head.headers(), body);
    }

    /// What comes before the body.
    Response head() throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        String line = line();
        while (!line.isEmpty()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
            line = line();
        }
        return new Response(Integer.parseInt(status.split(" ", -1)[1]), headers, new byte[0]);
    }

    InputStream body() throws IOException {
        return socket.getInputStream();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = socket.getInputStream().read();
        while (next != '\n') {
            if (next < 0) {
                throw new IOException("closed after '" + line + "'");
            }
            if (next != '\r') {
                line.write(next);
            }
            next = socket.getInputStream().read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
