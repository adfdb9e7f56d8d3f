/// The recording-service: turns audio on Kafka into files that nobody can lose. This package wires;
/// `core` decides, `shell` writes.
@NullMarked
package io.strowger.recording;

import org.jspecify.annotations.NullMarked;
