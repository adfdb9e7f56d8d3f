package io.strowger.recording.core.timeline;

/// A run of samples.
///
/// @param position of the first
/// @param samples 1 or more
public record Span(long position, long samples) {
    public Span {
        if (position < 0 || samples < 1) {
            throw new IllegalArgumentException("a span has a position and a length");
        }
    }

    /// @param end the position after the last
    public static Span between(long position, long end) {
        return new Span(position, end - position);
    }

    /// The position after the last.
    public long end() {
        return position + samples;
    }
}
