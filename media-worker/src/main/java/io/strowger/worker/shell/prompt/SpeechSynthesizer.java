package io.strowger.worker.shell.prompt;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.worker.core.play.Loaded;

/// Speaks texts. Called on virtual threads; may block.
public interface SpeechSynthesizer {
    /// @param source a text or SSML
    Loaded speak(PlaySource source);

    /// Where no speech service is set up: every text fails, and says so.
    static SpeechSynthesizer none() {
        return source ->
                new Loaded.Failed(PlayOutcome.SPEECH_FAILED, "no speech service is configured");
    }
}
