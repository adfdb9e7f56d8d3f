package io.strowger.sdk.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// The people at the phones, who live in the process that started this one.
final class People {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private JsonNode roster;

    People(String address) {
        this.address = address;
    }

    /// Numbers, users and tones by name.
    JsonNode roster() {
        if (roster == null) {
            roster = json(ask("roster"));
        }
        return roster;
    }

    int calls(String who) {
        return Integer.parseInt(ask("calls", "who", who));
    }

    void isAnswered(String who, int after) {
        ask("isAnswered", "who", who, "after", Integer.toString(after));
    }

    void hasEnded(String who) {
        ask("hasEnded", "who", who);
    }

    void press(String who, String keys) {
        ask("press", "who", who, "keys", keys);
    }

    void hangsUp(String who) {
        ask("hangsUp", "who", who);
    }

    void hears(String who, int hz) {
        ask("hears", "who", who, "hz", Integer.toString(hz));
    }

    /// Calls the application's number; gives what the application is told of the call.
    JsonNode dials(String who) {
        return json(ask("dials", "who", who));
    }

    /// The address of a prompt of one tone.
    String tone(int hz, int ms) {
        return ask("tone", "hz", Integer.toString(hz), "ms", Integer.toString(ms));
    }

    String missing() {
        return ask("missing");
    }

    /// What the application is told of a finished recording's file.
    JsonNode file(String recordingId) {
        return json(ask("file", "recordingId", recordingId));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private String ask(String what, String... namesAndValues) {
        StringBuilder query = new StringBuilder("?");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            query.append(namesAndValues[i])
                    .append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8))
                    .append('&');
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + what + query))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(what + query + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError(what + query, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what + query, e);
        }
    }
}
