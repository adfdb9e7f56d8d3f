package io.strowger.dispatcher.shell.http;

import io.strowger.contracts.event.EventRecord;
import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.dispatcher.core.delivery.RetryAfter;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One attempt: says its one answer, at the latest when the time is over. The answer is there with
/// the status line; the rest is read only so that the connection can be used again.
final class Attempt {
    private static final int MOST_BODY_BYTES = 64 * 1024;
    private static final long BODY_MS = 5_000;
    private final Vertx vertx;
    private final InstantSource clock;
    private final Consumer<Answer> done;
    private final long timer;
    private @Nullable HttpClientRequest request;
    private boolean over;
    private int bodyBytes;

    /// Writes the headers of a request.
    interface Headers {
        void write(EventRecord event, byte[] body, MultiMap headers);
    }

    Attempt(Vertx vertx, InstantSource clock, long timeoutMs, Consumer<Answer> done) {
        this.vertx = vertx;
        this.clock = clock;
        this.done = done;
        this.timer = vertx.setTimer(timeoutMs, unused -> timedOut());
    }

    void notResolved(Throwable failure) {
        answer(
                failure instanceof AddressBook.RefusedException
                        ? new Answer.Refused(String.valueOf(failure.getMessage()))
                        : new Answer.Unreachable("the host name cannot be resolved"));
    }

    void post(
            HttpClient client,
            EventRecord event,
            List<InetAddress> addresses,
            byte[] body,
            Headers headers) {
        if (over) {
            return;
        }
        RequestOptions options = options(event.callbackUri(), choose(addresses));
        client.request(options)
                .onFailure(this::broken)
                .onSuccess(connected -> {
                    if (over) {
                        connected.reset();
                        return;
                    }
                    request = connected;
                    headers.write(event, body, connected.headers());
                    connected
                            .send(Buffer.buffer(body))
                            .onFailure(this::broken)
                            .onSuccess(this::answered);
                });
    }

    /// Another one each second: a host with a dead address among living ones is reached by a retry.
    private InetAddress choose(List<InetAddress> addresses) {
        return addresses.size() == 1
                ? addresses.getFirst()
                : addresses.get((int) (clock.instant().getEpochSecond() % addresses.size()));
    }

    /// Connects to `address`; the name stays in the Host header, and in TLS in the server name and
    /// the check of the certificate.
    static RequestOptions options(URI uri, InetAddress address) {
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort();
        if (port < 0) {
            port = https ? 443 : 80;
        }
        String path =
                uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(uri.getHost())
                .setPort(port)
                .setSsl(https)
                .setFollowRedirects(false)
                .setURI(query == null ? path : path + "?" + query);
    }

    private void answered(HttpClientResponse response) {
        drain(response);
        String asked = response.getHeader("Retry-After");
        Duration retryAfter =
                asked == null ? null : RetryAfter.parse(asked, clock.instant()).orElse(null);
        answer(new Answer.Responded(response.statusCode(), retryAfter));
    }

    private void drain(HttpClientResponse response) {
        long limit = vertx.setTimer(BODY_MS, unused -> response.request().reset());
        response.exceptionHandler(unused -> vertx.cancelTimer(limit));
        response.endHandler(unused -> vertx.cancelTimer(limit));
        response.handler(part -> {
            bodyBytes += part.length();
            if (bodyBytes > MOST_BODY_BYTES) {
                response.request().reset();
            }
        });
    }

    private void broken(Throwable failure) {
        answer(new Answer.Unreachable(failure.getClass().getSimpleName()));
    }

    private void timedOut() {
        HttpClientRequest sent = request;
        if (sent != null && !over) {
            answer(new Answer.TimedOut());
            sent.reset();
        } else {
            answer(new Answer.TimedOut());
        }
    }

    private void answer(Answer answer) {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            done.accept(answer);
        }
    }
}
