package io.strowger.worker.shell.prompt;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.media.wav.WavReader;
import io.strowger.runtime.net.OutsideAddresses;
import io.strowger.runtime.settings.MediaSettings;
import io.strowger.worker.core.play.Clip;
import io.strowger.worker.core.play.Loaded;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches and decodes sources, or has them spoken, each on a virtual thread, so many at a time.
public final class Prompts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Prompts.class);
    private static final int AT_ONCE = 64;
    private static final int CACHED_SAMPLES = 64 << 20;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore open = new Semaphore(AT_ONCE);
    private final PromptCache cache = new PromptCache(CACHED_SAMPLES, System::nanoTime);
    private final HttpFetch http;
    private final SpeechSynthesizer speech;
    private final MediaSettings settings;

    private Prompts(MediaSettings settings, SpeechSynthesizer speech) {
        this.settings = settings;
        this.speech = speech;
        this.http =
                new HttpFetch(
                        new OutsideAddresses(
                                settings.allowPrivateAddresses(), "media.allowPrivateAddresses"),
                        settings.timeouts().fetch(),
                        settings.maxPromptBytes());
    }

    public static Prompts of(MediaSettings settings) {
        return new Prompts(settings, SpeechSynthesizer.of(settings, System.getenv("PATH")));
    }

    /// Returns at once.
    ///
    /// @param loaded called on a thread of its own, exactly once
    public void load(PlaySource source, Consumer<Loaded> loaded) {
        threads.execute(() -> loaded.accept(load(source)));
    }

    private Loaded load(PlaySource source) {
        try {
            open.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Loaded.Failed(PlayOutcome.FAILED, "the worker stops");
        }
        try {
            return switch (source) {
                case PlaySource.FileSource(var uri, _) ->
                        kept(source.cacheId(), uri, () -> fetch(uri));
                case PlaySource.TextSource _, PlaySource.SsmlSource _ ->
                        kept(source.cacheId(), source, () -> speech.speak(source));
            };
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a prompt could not be loaded");
            return new Loaded.Failed(PlayOutcome.FAILED, "the prompt could not be loaded");
        } finally {
            open.release();
        }
    }

    private Loaded kept(@Nullable String cacheId, Object what, Supplier<Loaded> load) {
        return cacheId == null ? load.get() : cache.get(cacheId + "\n" + what, load);
    }

    private Loaded fetch(URI uri) {
        Loaded loaded = "file".equalsIgnoreCase(uri.getScheme()) ? readFile(uri) : fetchByHttp(uri);
        if (loaded instanceof Loaded.Failed(var outcome, var detail)) {
            LOG.atInfo()
                    .addKeyValue("host", String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT))
                    .addKeyValue("outcome", outcome)
                    .addKeyValue("reason", detail)
                    .log("a prompt cannot be played");
        }
        return loaded;
    }

    private Loaded fetchByHttp(URI uri) {
        return switch (http.get(uri)) {
            case HttpFetch.Result.Body(byte[] bytes) -> decode(WavReader.read(bytes));
            case HttpFetch.Result.Failed(var reason) ->
                    new Loaded.Failed(PlayOutcome.FETCH_FAILED, reason);
            case HttpFetch.Result.TooLarge() -> tooLarge();
        };
    }

    private Loaded readFile(URI uri) {
        if (settings.promptDirectory().isEmpty()) {
            return new Loaded.Failed(
                    PlayOutcome.FETCH_FAILED,
                    "files are not allowed: media.promptDirectory is empty");
        }
        try {
            Path root = Path.of(settings.promptDirectory()).toRealPath();
            Path file = Path.of(uri).toRealPath();
            if (!file.startsWith(root)) {
                return new Loaded.Failed(
                        PlayOutcome.FETCH_FAILED, "the file is not below media.promptDirectory");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return decode(WavReader.read(in, settings.maxPromptBytes()));
            }
        } catch (IOException | IllegalArgumentException e) {
            return new Loaded.Failed(PlayOutcome.FETCH_FAILED, "the file cannot be read");
        }
    }

    private Loaded decode(WavReader.Result read) {
        return switch (read) {
            case WavReader.Audio(short[] samples) -> new Loaded.Ready(new Clip(samples));
            case WavReader.NotAudio(var reason) ->
                    new Loaded.Failed(PlayOutcome.BAD_FORMAT, reason);
            case WavReader.TooLarge _ -> tooLarge();
        };
    }

    private Loaded tooLarge() {
        return new Loaded.Failed(
                PlayOutcome.FETCH_FAILED,
                "the file is larger than " + settings.maxPromptBytes() + " bytes");
    }

    @Override
    public void close() {
        threads.shutdownNow();
        speech.close();
    }
}
