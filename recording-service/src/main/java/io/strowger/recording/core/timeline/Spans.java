package io.strowger.recording.core.timeline;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A set of samples, kept as spans that neither overlap nor touch. For one thread.
public final class Spans {
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    public Spans() {}

    public Spans(Collection<Span> spans) {
        spans.forEach(span -> add(span.position(), span.end()));
    }

    /// Adds the samples from `from` to before `to`.
    public void add(long from, long to) {
        if (from >= to) {
            return;
        }
        long start = from;
        long end = to;
        Map.Entry<Long, Long> touching = ends.floorEntry(to);
        while (touching != null && touching.getValue() >= from) {
            start = Math.min(start, touching.getKey());
            end = Math.max(end, touching.getValue());
            ends.remove(touching.getKey());
            touching = ends.floorEntry(to);
        }
        ends.put(start, end);
    }

    /// Takes the samples from `from` to before `to` out.
    ///
    /// @return whether any of them was there
    public boolean remove(long from, long to) {
        boolean removed = false;
        Map.Entry<Long, Long> last = ends.lowerEntry(to);
        while (last != null && last.getValue() > from) {
            long start = last.getKey();
            long end = last.getValue();
            ends.remove(start);
            if (start < from) {
                ends.put(start, from);
            }
            if (end > to) {
                ends.put(to, end);
            }
            removed = true;
            last = ends.lowerEntry(Math.min(to, start));
        }
        return removed;
    }

    /// In order.
    public List<Span> list() {
        return ends.entrySet().stream()
                .map(entry -> Span.between(entry.getKey(), entry.getValue()))
                .toList();
    }
}
