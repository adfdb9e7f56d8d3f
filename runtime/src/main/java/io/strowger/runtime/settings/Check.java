package io.strowger.runtime.settings;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

final class Check {
    private Check() {}

    static void that(boolean holds, String key, Object value, String allowed) {
        if (!holds) {
            throw new SettingsException(key + " is " + value + ": allowed is " + allowed);
        }
    }

    static void port(String key, int value) {
        that(value >= 0 && value <= 65535, key, value, "0..65535");
    }

    static void positive(String key, Duration value) {
        that(
                !value.isNegative() && !value.isZero(),
                key,
                value,
                "a duration above zero, such as PT30S or 30s");
    }

    static void text(String key, String value) {
        that(!value.isBlank(), key, "empty", "text");
    }

    /// @param prefix that may stand before it
    static void base64(String key, Secret value, String prefix) {
        String text = value.reveal();
        String bare = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        that(isBase64(bare), key, value, prefix.isEmpty() ? "base64" : prefix + " and base64");
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static boolean isProgram(String path) {
        return path.startsWith("/") && Files.isExecutable(Path.of(path));
    }

    static boolean isHttpUrl(String text) {
        return isUrl(text, Set.of("http", "https"));
    }

    static boolean isWebSocketUrl(String text) {
        return isUrl(text, Set.of("ws", "wss")) && URI.create(text).getRawUserInfo() == null;
    }

    private static boolean isUrl(String text, Set<String> schemes) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null
                    && uri.getScheme() != null
                    && schemes.contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
