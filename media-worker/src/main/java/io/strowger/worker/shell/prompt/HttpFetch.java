package io.strowger.worker.shell.prompt;

import io.strowger.runtime.net.OutsideAddresses;
import io.strowger.runtime.net.RefusedAddressException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One GET over HTTP/1.1 to an address that was checked: the JDK's own client resolves names again
/// when it connects, and cannot be told which address to use. Blocking; for virtual threads.
final class HttpFetch {
    private static final int MAX_REDIRECTS = 3;
    private static final int MAX_LINE = 8192;
    private static final int MAX_HEADERS = 100;
    private final OutsideAddresses addresses;
    private final Duration patience;
    private final int maxBytes;

    /// What came.
    sealed interface Result {
        record Body(byte[] bytes) implements Result {}

        record Failed(String reason) implements Result {}

        record TooLarge() implements Result {}
    }

    private record Head(int status, Map<String, String> headers) {}

    /// @param patience for all of it, redirects included
    /// @param maxBytes of the body
    HttpFetch(OutsideAddresses addresses, Duration patience, int maxBytes) {
        this.addresses = addresses;
        this.patience = patience;
        this.maxBytes = maxBytes;
    }

    Result get(URI uri) {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        URI at = uri;
        try {
            for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
                if (at.getHost() == null || !isHttp(at.getScheme())) {
                    return new Result.Failed("this leads to no http or https address");
                }
                Object outcome = once(at, deadlineNs);
                if (outcome instanceof Result result) {
                    return result;
                }
                at = at.resolve(URI.create((String) outcome));
            }
            return new Result.Failed("more than " + MAX_REDIRECTS + " redirects");
        } catch (SocketTimeoutException e) {
            return new Result.Failed("not fetched within " + patience.toMillis() + " ms");
        } catch (java.net.UnknownHostException e) {
            return new Result.Failed("the host name has no address");
        } catch (IOException | IllegalArgumentException e) {
            return new Result.Failed("could not be fetched: " + e.getMessage());
        } catch (RefusedAddressException e) {
            return new Result.Failed(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isHttp(@Nullable String scheme) {
        return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    }

    /// @return a Result, or where a redirect leads to
    private Object once(URI uri, long deadlineNs) throws IOException, RefusedAddressException {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
        InetAddress address =
                addresses.find(uri.getHost(), Duration.ofMillis(leftMs(deadlineNs))).getFirst();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), leftMs(deadlineNs));
            plain.setSoTimeout(leftMs(deadlineNs));
            try (Socket socket = secure ? tls(plain, uri.getHost(), port) : plain) {
                socket.getOutputStream().write(request(uri));
                Input in = new Input(socket, deadlineNs);
                Head head = in.head();
                String location = head.headers.get("location");
                if (head.status / 100 == 3 && location != null) {
                    return location;
                }
                return head.status == 200
                        ? in.body(head)
                        : new Result.Failed("the server answered " + head.status);
            }
        }
    }

    private static Socket tls(Socket plain, String host, int port) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        ((SSLSocketFactory) SSLSocketFactory.getDefault())
                                .createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!host.matches("[0-9.]+|\\[.*]")) {
            parameters.setServerNames(java.util.List.of(new SNIHostName(host)));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static byte[] request(URI uri) {
        String path =
                uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        String host = uri.getHost() + (uri.getPort() > 0 ? ":" + uri.getPort() : "");
        return ("GET "
                        + target
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nUser-Agent: Strowger\r\nAccept: audio/*,*/*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static int leftMs(long deadlineNs) throws SocketTimeoutException {
        long left = (deadlineNs - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    /// What a socket brings until the deadline: a peer that sends a byte now and then does not move
    /// it.
    private static final class Patient extends InputStream {
        private final Socket socket;
        private final InputStream in;
        private final long deadlineNs;

        Patient(Socket socket, long deadlineNs) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.deadlineNs = deadlineNs;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int count) throws IOException {
            socket.setSoTimeout(leftMs(deadlineNs));
            return in.read(to, offset, count);
        }
    }

    /// Reads an answer within the limits of size and time.
    private final class Input {
        private final InputStream in;
        private int headerLines;

        Input(Socket socket, long deadlineNs) throws IOException {
            this.in = new BufferedInputStream(new Patient(socket, deadlineNs), 16_384);
        }

        Head head() throws IOException {
            String status = line();
            if (!status.matches("HTTP/1\\.[01] \\d{3}.*")) {
                throw new IOException("no HTTP answer");
            }
            Map<String, String> headers = new HashMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headerLines++;
                if (headerLines > MAX_HEADERS) {
                    throw new IOException("more than " + MAX_HEADERS + " headers");
                }
                if (colon > 0) {
                    headers.put(
                            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
            return new Head(Integer.parseInt(status.substring(9, 12)), headers);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException("the answer broke off");
                }
                if (line.length() > MAX_LINE) {
                    throw new IOException("a header is too long");
                }
                line.append((char) c);
            }
            return line.toString().strip();
        }

        Result body(Head head) throws IOException {
            if ("chunked".equalsIgnoreCase(head.headers.get("transfer-encoding"))) {
                return chunked();
            }
            String length = head.headers.get("content-length");
            if (length == null) {
                byte[] bytes = read(maxBytes + 1);
                return bytes.length > maxBytes ? new Result.TooLarge() : new Result.Body(bytes);
            }
            long stated = Long.parseLong(length);
            if (stated > maxBytes) {
                return new Result.TooLarge();
            }
            byte[] bytes = read((int) stated);
            return bytes.length < stated
                    ? new Result.Failed("the answer broke off")
                    : new Result.Body(bytes);
        }

        private Result chunked() throws IOException {
            var body = new java.io.ByteArrayOutputStream();
            while (true) {
                int size = Integer.parseInt(line().split(";")[0].strip(), 16);
                if (size == 0) {
                    return new Result.Body(body.toByteArray());
                }
                if (size < 0) {
                    throw new IOException("a chunk of negative size");
                }
                if (body.size() + (long) size > maxBytes) {
                    return new Result.TooLarge();
                }
                byte[] chunk = read(size);
                if (chunk.length < size) {
                    return new Result.Failed("the answer broke off");
                }
                body.writeBytes(chunk);
                line();
            }
        }

        /// Up to `count` bytes, fewer at the end of the stream.
        private byte[] read(int count) throws IOException {
            var bytes = new java.io.ByteArrayOutputStream(Math.min(count, 65_536));
            byte[] part = new byte[16_384];
            while (bytes.size() < count) {
                int read = in.read(part, 0, Math.min(part.length, count - bytes.size()));
                if (read < 0) {
                    break;
                }
                bytes.write(part, 0, read);
            }
            return bytes.toByteArray();
        }
    }
}
