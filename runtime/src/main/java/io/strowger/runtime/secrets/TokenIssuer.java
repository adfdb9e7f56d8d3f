package io.strowger.runtime.secrets;

import io.strowger.runtime.settings.Settings;

/// The issuer of the tokens on webhooks: who signs and who publishes the key must name the same.
public final class TokenIssuer {
    private TokenIssuer() {}

    /// `http.publicUrl` without its trailing slash, else the gateway's address on this machine.
    public static String of(Settings.Http http) {
        return of(http, http.port());
    }

    /// @param port that http is served on, where `http.port` is 0
    public static String of(Settings.Http http, int port) {
        String url = http.publicUrl();
        if (url.isEmpty()) {
            return "http://127.0.0.1:" + port;
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// An address below the issuer.
    ///
    /// @param path with its slash in front
    public static String address(String issuer, String path) {
        return issuer + path;
    }
}
