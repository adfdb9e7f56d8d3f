/// The way to a speech recogniser over a WebSocket, as `docs/speech.md` describes it.
@NullMarked
package io.strowger.worker.shell.recognizer;

import org.jspecify.annotations.NullMarked;
