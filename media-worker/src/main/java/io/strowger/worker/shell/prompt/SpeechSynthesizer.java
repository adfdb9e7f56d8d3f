package io.strowger.worker.shell.prompt;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.runtime.settings.MediaSettings;
import io.strowger.worker.core.play.Loaded;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Speaks texts. Called on virtual threads; may wait.
public interface SpeechSynthesizer extends AutoCloseable {
    /// @param source a text or SSML
    /// @return failures with [PlayOutcome#SPEECH_FAILED]
    Loaded speak(PlaySource source);

    @Override
    default void close() {}

    /// Where no speech service is set up: every text fails, and says so.
    static SpeechSynthesizer none() {
        return source ->
                new Loaded.Failed(PlayOutcome.SPEECH_FAILED, "no speech service is configured");
    }

    /// As `media.synthesizer` says.
    ///
    /// @param path directories of programs, as in the environment
    static SpeechSynthesizer of(MediaSettings settings, @Nullable String path) {
        Optional<Path> program =
                switch (settings.synthesizer()) {
                    case "none" -> Optional.empty();
                    case "auto" -> onPath(path == null ? "" : path);
                    default -> Optional.of(Path.of(settings.synthesizer()));
                };
        return program.<SpeechSynthesizer>map(espeak ->
                        new EspeakSynthesizer(
                                espeak, settings.timeouts().fetch(), settings.maxPromptBytes()))
                .orElseGet(SpeechSynthesizer::none);
    }

    private static Optional<Path> onPath(String path) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "espeak-ng"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
