package io.strowger.runtime.settings;

/// Who turns speech into text.
///
/// @param url of the WebSocket that speech goes to; empty: nothing is recognised
/// @param token empty: none is shown
public record RecognizerSettings(String url, Secret token) {
    public RecognizerSettings {
        Check.that(
                url.isEmpty() || Check.isWebSocketUrl(url),
                "media.recognizer.url",
                url,
                "a ws or wss URL with a host and without credentials, or empty");
        Check.that(
                token.reveal().chars().allMatch(c -> c > ' ' && c < 0x7F),
                "media.recognizer.token",
                token,
                "printable ASCII without spaces");
    }

    public boolean isSetUp() {
        return !url.isEmpty();
    }
}
