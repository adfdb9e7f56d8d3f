package io.strowger.worker.core.play;

/// Audio that can be played: 8 kHz, mono, 16 bits. Shared between calls, so nobody changes it.
///
/// @param samples at least one
public record Clip(short[] samples) {}
