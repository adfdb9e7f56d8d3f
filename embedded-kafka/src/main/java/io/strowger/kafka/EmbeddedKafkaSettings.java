package io.strowger.kafka;

import java.nio.file.Path;

/// Where an embedded broker lives.
///
/// @param directory made when missing; its data outlive the process
/// @param host to listen on, usually 127.0.0.1
/// @param brokerPort 0: the one used last in this directory if it is free, else any free one
/// @param controllerPort likewise
public record EmbeddedKafkaSettings(
        Path directory, String host, int brokerPort, int controllerPort) {
    public static EmbeddedKafkaSettings in(Path directory) {
        return new EmbeddedKafkaSettings(directory, "127.0.0.1", 0, 0);
    }
}
