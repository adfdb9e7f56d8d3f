package io.strowger.runtime.secrets;

import io.strowger.runtime.settings.Settings;

/// The issuer of the tokens on webhooks: who signs and who publishes the key must name the same.
public final class TokenIssuer {
    private TokenIssuer() {}

    /// `http.publicUrl` without its trailing slash, else the gateway's address on this machine.
    public static String of(Settings.Http http) {
        String url = http.publicUrl();
        if (url.isEmpty()) {
            return "http://127.0.0.1:" + http.port();
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
