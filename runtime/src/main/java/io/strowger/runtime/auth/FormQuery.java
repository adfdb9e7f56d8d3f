package io.strowger.runtime.auth;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The query as a client signs it that builds it anew from its parts (`URLSearchParams` of the URL
/// standard, application/x-www-form-urlencoded) while it sends the original.
final class FormQuery {
    private FormQuery() {}

    /// The request target with its query written anew; the same text where there is no query or it
    /// cannot be read.
    static String rewrite(String target) {
        int mark = target.indexOf('?');
        if (mark < 0) {
            return target;
        }
        StringBuilder rewritten = new StringBuilder(target.substring(0, mark));
        char separator = '?';
        try {
            for (String pair : target.substring(mark + 1).split("&", -1)) {
                if (pair.isEmpty()) {
                    continue;
                }
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                rewritten.append(separator).append(again(name)).append('=').append(again(value));
                separator = '&';
            }
        } catch (IllegalArgumentException malformed) {
            return target;
        }
        return rewritten.toString();
    }

    private static String again(String encoded) {
        return URLEncoder.encode(
                URLDecoder.decode(encoded, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
