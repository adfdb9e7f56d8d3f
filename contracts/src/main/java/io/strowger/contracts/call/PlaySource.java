package io.strowger.contracts.call;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Something that can be heard.
public sealed interface PlaySource {
    /// Key under which the fetched audio is kept for later plays; null: not kept.
    @Nullable String cacheId();

    /// A WAV file.
    ///
    /// @param uri absolute, http, https or file
    record FileSource(URI uri, @Nullable String cacheId) implements PlaySource {}

    /// Text to be spoken.
    ///
    /// @param text 1..4000 characters
    record TextSource(
            String text,
            @Nullable String locale,
            @Nullable String voiceName,
            @Nullable String cacheId)
            implements PlaySource {}

    /// SSML to be spoken.
    record SsmlSource(String ssml, @Nullable String cacheId) implements PlaySource {}
}
