package io.strowger.worker.shell.stream;

import java.time.Duration;
import java.util.List;

/// How patient streams are.
///
/// @param connect for a connection, and again for the answer to the handshake
/// @param pauses before each further attempt; after the last the stream fails
/// @param steady a connection that lived so long has all attempts again
/// @param ping from one to the next; a connection on which nothing came for two is given up
/// @param lastWords for the recogniser to say what it heard before the end
record StreamTimings(
        Duration connect,
        List<Duration> pauses,
        Duration steady,
        Duration ping,
        Duration lastWords) {
    StreamTimings {
        pauses = List.copyOf(pauses);
    }

    static StreamTimings standard() {
        return new StreamTimings(
                Duration.ofSeconds(5),
                List.of(
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4)),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(3));
    }
}
