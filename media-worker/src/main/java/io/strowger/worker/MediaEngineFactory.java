package io.strowger.worker;

import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.recording.AudioOutlet;
import io.strowger.worker.core.speech.SpeechRecognizer;
import io.strowger.worker.core.stream.StreamOutlet;
import java.util.Optional;

/// Makes the media engine of a worker.
public interface MediaEngineFactory {
    /// A running engine.
    ///
    /// @param engine what the call control talks to
    /// @param closing stops its threads and sockets
    record Running(MediaEngine engine, AutoCloseable closing) {}

    /// What an engine speaks to.
    ///
    /// @param facts where it tells what happened
    /// @param audio where recorded audio leaves
    /// @param streams where streams to applications leave
    /// @param recognizer of speech; empty: none is set up
    record Outside(
            MediaFacts facts,
            AudioOutlet audio,
            StreamOutlet streams,
            Optional<SpeechRecognizer> recognizer) {}

    Running start(ServiceContext context, Outside outside);
}
