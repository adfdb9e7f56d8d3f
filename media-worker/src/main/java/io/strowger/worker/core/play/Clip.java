package io.strowger.worker.core.play;

/// Audio that can be played: 8 kHz, mono, 16 bits. Shared between calls, so nobody changes it.
///
/// @param samples at least one
public record Clip(short[] samples) {
    public Clip {
        if (samples.length == 0) {
            throw new IllegalArgumentException("a clip without samples: a loop of it has no end");
        }
    }
}
