package io.strowger.runtime.settings;

/// A value that never shows in logs or messages.
///
/// @param reveal the value itself
public record Secret(String reveal) {
    public boolean isEmpty() {
        return reveal.isEmpty();
    }

    @Override
    public String toString() {
        return "***";
    }
}
