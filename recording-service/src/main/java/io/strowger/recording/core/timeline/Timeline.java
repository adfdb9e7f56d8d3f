package io.strowger.recording.core.timeline;

import java.util.Collection;
import java.util.List;

/// How far a recording has come and what is missing before that. Chunks may come twice and late; a
/// late one closes the gap it left. For one thread.
public final class Timeline {
    private final Spans gaps;
    private long end;

    /// @param end the position after the last sample
    public Timeline(long end, Collection<Span> gaps) {
        this.end = end;
        this.gaps = new Spans(gaps);
    }

    /// Notes samples that arrived.
    ///
    /// @return how many are missing before them that were not known to be missing; usually 0
    public long arrived(long position, long samples) {
        long missing = Math.max(0, position - end);
        gaps.add(end, position);
        gaps.remove(position, position + samples);
        end = Math.max(end, position + samples);
        return missing;
    }

    /// The position after the last sample that arrived.
    public long end() {
        return end;
    }

    /// What never arrived, in order.
    public List<Span> gaps() {
        return gaps.list();
    }
}
