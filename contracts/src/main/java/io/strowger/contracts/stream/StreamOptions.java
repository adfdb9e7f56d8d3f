package io.strowger.contracts.stream;

/// What an application said of streaming when it came into a call: without it nothing can be
/// streamed to it later.
///
/// @param startNow as soon as it is connected; else when it asks
public record StreamOptions(StreamSpec spec, boolean startNow) {}
