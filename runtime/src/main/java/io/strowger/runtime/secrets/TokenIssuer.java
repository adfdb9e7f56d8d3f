package io.strowger.runtime.secrets;

import io.strowger.runtime.settings.Settings;

/// Who issues the tokens on webhooks: what stands in their `iss` and in the OpenID configuration,
/// and where the keys are that they are verified with.
public final class TokenIssuer {
    private TokenIssuer() {}

    /// The set public URL as it is written, else this machine's own.
    ///
    /// @param port that http is served on
    public static String of(Settings.Http http, int port) {
        return http.publicUrl().isEmpty() ? "http://127.0.0.1:" + port : http.publicUrl();
    }

    /// An address below the issuer.
    ///
    /// @param path with its slash in front
    public static String address(String issuer, String path) {
        return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + path;
    }
}
