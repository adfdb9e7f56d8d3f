package io.strowger.standalone.doctor;

import io.strowger.runtime.settings.MediaSettings;
import io.strowger.runtime.settings.SettingsException;
import io.strowger.runtime.tls.TlsContexts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/// Whether the recogniser takes a WebSocket with the token that is set, as a call would ask for it.
/// Nothing is said to it.
final class RecognizerCheck {
    private static final String WHAT = "media.recognizer";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private RecognizerCheck() {}

    /// @return empty: none is set up
    static Optional<Finding> look(MediaSettings media) throws InterruptedException {
        return media.recognizer().isSetUp() ? Optional.of(ask(media)) : Optional.empty();
    }

    private static Finding ask(MediaSettings media) throws InterruptedException {
        String url = media.recognizer().url();
        try (HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .sslContext(trusting(media))
                        .build()) {
            WebSocket.Builder asking = client.newWebSocketBuilder().connectTimeout(PATIENCE);
            if (!media.recognizer().token().isEmpty()) {
                asking.header("Authorization", "Bearer " + media.recognizer().token().reveal());
            }
            WebSocket.Listener nobody = new WebSocket.Listener() {};
            asking.buildAsync(URI.create(url), nobody)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .abort();
            return Finding.ok(WHAT, url + " takes connections");
        } catch (SettingsException e) {
            return Finding.fail(WHAT, String.valueOf(e.getMessage()), "mend media.tls.trustFile");
        } catch (TimeoutException e) {
            return unreachable(url, "does not answer in " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            return refused(url, Objects.requireNonNull(e.getCause()));
        }
    }

    private static SSLContext trusting(MediaSettings media) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null, new TrustManager[] {TlsContexts.trust("media.tls", media.tls())}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    private static Finding refused(String url, Throwable cause) {
        if (cause instanceof WebSocketHandshakeException refusal) {
            int status = refusal.getResponse().statusCode();
            return Finding.warn(
                    WHAT,
                    url + " refuses with " + status + ": speech is not recognised",
                    status == 401 || status == 403
                            ? "set media.recognizer.token to one that it takes"
                            : "check the path of media.recognizer.url, and the recogniser's log");
        }
        if (cause instanceof SSLException) {
            return Finding.warn(
                    WHAT,
                    url + " is not trusted: " + cause.getMessage(),
                    "set media.tls.trustFile to the PEM of the authority that signed its"
                            + " certificate, and use a name that the certificate has");
        }
        return unreachable(url, "is not reached (" + cause.getClass().getSimpleName() + ")");
    }

    private static Finding unreachable(String url, String how) {
        return Finding.warn(
                WHAT,
                url + " " + how + ": speech is not recognised",
                "start the recogniser, or mend media.recognizer.url");
    }
}
