package io.strowger.contracts.id;

/// A media worker, for as long as it keeps its place (its ordinal); its process is told by the
/// epoch beside it.
///
/// @param ordinal 0..255: the worker's partition of `media.commands`
public record WorkerId(int ordinal) {
    public WorkerId {
        if (ordinal < 0 || ordinal > 255) {
            throw new IllegalArgumentException("worker ordinal out of 0..255: " + ordinal);
        }
    }

    @Override
    public String toString() {
        return "media-worker-" + ordinal;
    }
}
