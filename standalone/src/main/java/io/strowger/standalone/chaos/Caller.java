package io.strowger.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.standalone.client.ApiClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The calling application's side of the API, as one is written that expects faults: what is
/// answered with 503, or not at all, is asked again, and the platform is told that it is the same
/// request. Blocking; for many threads.
final class Caller {
    private static final String VERSION = "?api-version=2026-03-12";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MS = 200;
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ApiClient api;

    Caller(ApiClient api) {
        this.api = api;
    }

    /// @param path without its version, e.g. `/calling/callConnections`
    /// @param body empty: none
    /// @return the answer; missing when it has no body
    /// @throws IOException when it is refused, or is not accepted in half a minute
    JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        Map<String, String> repeatable = api.repeatable();
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        String last = "nothing was answered";
        while (System.nanoTime() - endNs < 0) {
            try {
                HttpResponse<String> answer = api.send(method, path + VERSION, body, repeatable);
                if (answer.statusCode() < 300) {
                    return answer.body().isEmpty()
                            ? JSON.createObjectNode()
                            : JSON.readTree(answer.body());
                }
                last = answer.statusCode() + " " + answer.body();
                if (answer.statusCode() != 503) {
                    throw new RefusedException(method + " " + path + ": " + last);
                }
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                last = e.toString();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        throw new IOException(method + " " + path + ": " + last);
    }

    /// The platform said no.
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
