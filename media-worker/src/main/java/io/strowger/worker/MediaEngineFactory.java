package io.strowger.worker;

import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.recording.AudioOutlet;

/// Makes the media engine of a worker.
public interface MediaEngineFactory {
    /// A running engine.
    ///
    /// @param engine what the call control talks to
    /// @param closing stops its threads and sockets
    record Running(MediaEngine engine, AutoCloseable closing) {}

    /// @param facts where it tells what happened
    /// @param audio where recorded audio leaves
    Running start(ServiceContext context, MediaFacts facts, AudioOutlet audio);
}
