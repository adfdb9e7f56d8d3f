package io.strowger.contracts.stream;

/// What an application said of transcription when it came into a call: without it nothing can be
/// transcribed for it later.
///
/// @param startNow as soon as it is connected; else when it asks
public record TranscriptionOptions(TranscriptionSpec spec, boolean startNow) {}
