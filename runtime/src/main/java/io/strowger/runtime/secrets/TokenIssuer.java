package io.strowger.runtime.secrets;

import io.strowger.runtime.settings.Settings;

/// Who signs the tokens on webhooks, as receivers know it.
public final class TokenIssuer {
    private TokenIssuer() {}

    /// The public URL without a slash at its end; where none is set, that of this machine.
    public static String of(Settings settings) {
        String url = settings.http().publicUrl();
        if (url.isEmpty()) {
            return "http://127.0.0.1:" + settings.http().port();
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
