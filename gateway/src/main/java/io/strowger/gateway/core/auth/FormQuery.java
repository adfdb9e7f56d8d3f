package io.strowger.gateway.core.auth;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The query as a browser's URLSearchParams writes it: some clients sign that form while they send
/// another.
final class FormQuery {
    private FormQuery() {}

    /// @return `target` with its query decoded and encoded again as a form; `target` itself when it
    ///   has none, or one that cannot be decoded
    static String reserialized(String target) {
        int mark = target.indexOf('?');
        if (mark < 0) {
            return target;
        }
        StringBuilder query = new StringBuilder();
        for (String pair : target.substring(mark + 1).split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            try {
                query.append(query.isEmpty() ? "" : "&")
                        .append(encoded(name))
                        .append('=')
                        .append(encoded(value));
            } catch (IllegalArgumentException undecodable) {
                return target;
            }
        }
        return target.substring(0, mark + 1) + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(
                URLDecoder.decode(text, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
