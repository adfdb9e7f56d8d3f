package io.strowger.gateway.core.current;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.PlaySource;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Refusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what is to be heard. Text and SSML came with 2023-10-15.
final class PlaySources {
    private static final Set<String> SCHEMES = Set.of("http", "https", "file");
    private static final int LONGEST_TEXT = 4000;

    private PlaySources() {}

    static List<PlaySource> read(ApiVersion version, List<Fields> array) throws Refusal {
        List<PlaySource> sources = new ArrayList<>();
        for (Fields json : array) {
            sources.add(read(version, json));
        }
        return sources;
    }

    static PlaySource read(ApiVersion version, Fields json) throws Refusal {
        String kind = json.requiredText("kind");
        String cacheId = json.text("playSourceCacheId");
        if (kind.equals("file")) {
            return file(json.requiredObject("file"), cacheId);
        }
        if (!version.isAtLeast(ApiVersion.V2023_10_15)) {
            throw json.invalid("kind", "must be file");
        }
        return switch (kind) {
            case "text" -> text(json.requiredObject("text"), cacheId);
            case "ssml" ->
                    new PlaySource.SsmlSource(
                            json.requiredObject("ssml").requiredText("ssmlText"), cacheId);
            default -> throw json.invalid("kind", "must be file, text or ssml");
        };
    }

    private static PlaySource file(Fields json, @Nullable String cacheId) throws Refusal {
        json.requiredText("uri");
        URI uri = json.uri("uri", SCHEMES);
        if (uri == null) {
            throw json.invalid("uri", "is required");
        }
        return new PlaySource.FileSource(uri, cacheId);
    }

    private static PlaySource text(Fields json, @Nullable String cacheId) throws Refusal {
        String text = json.requiredText("text");
        if (text.length() > LONGEST_TEXT) {
            throw json.invalid("text", "must have at most " + LONGEST_TEXT + " characters");
        }
        return new PlaySource.TextSource(
                text, json.text("sourceLocale"), json.text("voiceName"), cacheId);
    }
}
