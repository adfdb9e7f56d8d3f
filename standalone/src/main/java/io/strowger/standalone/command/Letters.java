package io.strowger.standalone.command;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which dead letters are meant, and how a line about one looks.
final class Letters {
    static final String PATH = "/admin/webhooks/dead-letters";
    static final String REPLAY = "/admin/webhooks/replay";

    @Option(
            names = "--receiver",
            paramLabel = "HOST[:PORT]",
            description = "only those for this receiver")
    private @Nullable String receiver;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "given up at this moment or later, e.g. 2026-11-22T16:00:00Z")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "given up before this moment")
    private @Nullable String until;

    boolean isBounded() {
        return receiver != null || from != null || until != null;
    }

    /// @param after -1: from the first
    String query(long after, String more) {
        StringJoiner query = new StringJoiner("&", "?", more);
        add(query, "receiver", receiver);
        add(query, "from", from);
        add(query, "until", until);
        if (after >= 0) {
            query.add("after=" + after);
        }
        return query.add("limit=200").toString();
    }

    private static void add(StringJoiner query, String name, @Nullable String value) {
        if (value != null) {
            query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    /// @throws IllegalStateException with what the dispatcher said, unless it did what was asked
    static JsonObject json(HttpResponse<String> response) {
        JsonObject body = new JsonObject(response.body());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    body.getJsonObject("error", new JsonObject())
                            .getString("message", "status " + response.statusCode()));
        }
        return body;
    }

    /// One line a letter.
    static String line(JsonObject letter) {
        String type = letter.getString("type", "(unreadable)");
        return "%-8d  %-24s  %-24s  %-28s  #%-4s %s%s"
                .formatted(
                        letter.getLong("id"),
                        letter.getString("at"),
                        letter.getString("receiver", "-"),
                        type.substring(type.lastIndexOf('.') + 1),
                        letter.getValue("sequence", "-"),
                        letter.getBoolean("replayed", false) ? "[replayed] " : "",
                        letter.getString("reason"));
    }
}
