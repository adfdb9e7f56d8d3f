package io.strowger.worker.shell.recognizer;

import java.time.Duration;
import java.util.List;

/// How patient listenings are.
///
/// @param connect for a connection, and again for the answer to the handshake
/// @param pauses before each further attempt; after the last the listening fails
/// @param answer from the end of the audio to the last result
/// @param ping from one to the next; a connection on which nothing came for two is given up
record RecognizerTimings(Duration connect, List<Duration> pauses, Duration answer, Duration ping) {
    RecognizerTimings {
        pauses = List.copyOf(pauses);
    }

    static RecognizerTimings standard() {
        return new RecognizerTimings(
                Duration.ofSeconds(3),
                List.of(Duration.ofMillis(200), Duration.ofMillis(800)),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15));
    }
}
