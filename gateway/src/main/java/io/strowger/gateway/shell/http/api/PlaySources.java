package io.strowger.gateway.shell.http.api;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.PlaySource;
import io.strowger.gateway.shell.http.json.Fields;
import io.strowger.gateway.shell.http.json.Refusal;
import java.util.ArrayList;
import java.util.List;

/// Reads PlaySource.
final class PlaySources {
    static final int MOST = 100;
    private static final int MAX_TEXT = 4000;
    private static final int MAX_SSML = 64_000;
    private static final int MAX_NAME = 256;

    private PlaySources() {}

    static List<PlaySource> readAll(Fields at, String name, ApiVersion version) throws Refusal {
        List<PlaySource> sources = new ArrayList<>();
        for (Fields source : at.objects(name, MOST)) {
            sources.add(read(source, version));
        }
        return sources;
    }

    static PlaySource read(Fields at, ApiVersion version) throws Refusal {
        String kind = at.text("kind", MAX_NAME);
        String cacheId = at.optionalText("playSourceCacheId", MAX_NAME);
        if (!kind.equals("file") && !version.isAtLeast(ApiVersion.V2023_10_15)) {
            throw at.wrong("kind", "must be 'file' in api-version " + version.wire());
        }
        return switch (kind) {
            case "file" -> new PlaySource.FileSource(at.object("file").mediaUri("uri"), cacheId);
            case "text" -> {
                Fields text = at.object("text");
                yield new PlaySource.TextSource(
                        text.text("text", MAX_TEXT),
                        text.optionalText("sourceLocale", MAX_NAME),
                        text.optionalText("voiceName", MAX_NAME),
                        cacheId);
            }
            case "ssml" ->
                    new PlaySource.SsmlSource(
                            at.object("ssml").text("ssmlText", MAX_SSML), cacheId);
            default -> throw at.wrong("kind", "must be 'file', 'text' or 'ssml'");
        };
    }
}
