package io.strowger.runtime.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import io.strowger.runtime.settings.JwtSettings;
import io.strowger.runtime.telemetry.Telemetry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The issuers' public keys, from `auth.jwt.jwks`: fetched on a thread of its own at the start,
/// every five minutes, every five seconds while that fails, and when a token names a key that is
/// not among them. Known keys outlive a provider that does not answer by an hour, then none counts.
final class SigningKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);
    private static final Duration COUNT_FOR = Duration.ofHours(1);
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 512 * 1024;
    private final JwtSettings settings;
    private final Telemetry telemetry;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(WITHIN)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("jwks").factory());
    private volatile @Nullable Known known;
    private @Nullable CompletableFuture<@Nullable Void> underWay;
    private long triedAtNs;
    private String fault = "";

    private record Known(JWKSet keys, long fetchedAtNs) {}

    private enum Outcome {
        DONE,
        FAILED
    }

    SigningKeys(JwtSettings settings, Telemetry telemetry) {
        this.settings = settings;
        this.telemetry = telemetry;
    }

    void start() {
        triedAtNs = System.nanoTime() - AT_MOST_EVERY.toNanos();
        thread.execute(this::regularly);
    }

    /// Null: none counts. Never blocks, for any thread.
    @Nullable JWKSet current() {
        Known last = known;
        return last == null || System.nanoTime() - last.fetchedAtNs > COUNT_FOR.toNanos()
                ? null
                : last.keys;
    }

    /// Fetches the keys, unless that was done within the last five seconds. Never blocks.
    ///
    /// @return completes when they were fetched or could not be, on the fetching thread
    synchronized CompletableFuture<@Nullable Void> refreshed() {
        if (underWay != null) {
            return underWay;
        }
        if (thread.isShutdown() || System.nanoTime() - triedAtNs < AT_MOST_EVERY.toNanos()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<@Nullable Void> attempt = new CompletableFuture<>();
        underWay = attempt;
        thread.execute(() -> attempt(attempt));
        return attempt;
    }

    private void regularly() {
        attempt(new CompletableFuture<>());
        Duration next = fault.isEmpty() ? EVERY : AT_MOST_EVERY;
        if (!thread.isShutdown()) {
            thread.schedule(this::regularly, next.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void attempt(CompletableFuture<@Nullable Void> attempt) {
        try {
            JWKSet keys = JWKSet.parse(read());
            if (keys.isEmpty()) {
                throw new IOException("it has no keys");
            }
            known = new Known(keys, System.nanoTime());
            telemetry.counter(Telemetry.JWKS_FETCHES, "outcome", Outcome.DONE).increment();
            worked(keys.size());
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (ParseException | RuntimeException e) {
            // Of the library, too: whatever came, the next attempt must follow.
            failed("it is no JWK Set (RFC 7517 5): " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                triedAtNs = System.nanoTime();
                underWay = null;
            }
            attempt.complete(null);
        }
    }

    private void worked(int keys) {
        if (!fault.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("keys", keys)
                    .log("the keys of bearer tokens can be read again");
        }
        fault = "";
    }

    private void failed(String reason) {
        telemetry.counter(Telemetry.JWKS_FETCHES, "outcome", Outcome.FAILED).increment();
        if (!reason.equals(fault)) {
            LOG.atError()
                    .addKeyValue("jwks", settings.jwks())
                    .addKeyValue("reason", reason)
                    .addKeyValue("keysKnown", current() != null)
                    .log(
                            "the keys of bearer tokens (auth.jwt.jwks) cannot be read: those known count"
                                    + " for an hour, without any all tokens are refused");
        }
        fault = reason;
    }

    private String read() throws IOException, InterruptedException {
        if (!settings.isFile()) {
            return fetch(URI.create(settings.jwks()));
        }
        try (var in = Files.newInputStream(Path.of(settings.jwks()))) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IOException("it cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private String fetch(URI url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .timeout(WITHIN)
                        .header("Accept", "application/jwk-set+json, application/json")
                        .build();
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
        try {
            // Of the whole answer: the request's own time limit ends with its head.
            HttpResponse<String> response = answer.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("it answers with status " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("it does not answer: " + cause, e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("it does not answer within " + WITHIN.toSeconds() + " s", e);
        }
    }

    /// Ends a fetch that is under way, without waiting for it.
    @Override
    public void close() {
        thread.shutdownNow();
        http.shutdownNow();
    }
}
