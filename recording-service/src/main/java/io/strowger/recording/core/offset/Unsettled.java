package io.strowger.recording.core.offset;

import java.util.TreeSet;

/// Records of one partition that were read and are still worked on. For one thread.
public final class Unsettled {
    private final TreeSet<Long> offsets = new TreeSet<>();

    public void began(long offset) {
        offsets.add(offset);
    }

    public void settled(long offset) {
        offsets.remove(offset);
    }

    /// Up to where a new owner need not read again.
    ///
    /// @param position the offset after the last that was read
    public long safe(long position) {
        return offsets.isEmpty() ? position : offsets.first();
    }
}
