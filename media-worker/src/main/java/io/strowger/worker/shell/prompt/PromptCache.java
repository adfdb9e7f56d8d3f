package io.strowger.worker.shell.prompt;

import io.strowger.worker.core.play.Loaded;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Prompts by their `playSourceCacheId`, for an hour, within a bound of memory; the one not used
/// for longest goes first. Several who ask for one at the same time share one fetch. Failures are
/// not kept. Safe for use by many threads.
final class PromptCache {
    private static final Duration KEEP = Duration.ofHours(1);
    private final long maxSamples;
    private final LongSupplier steadyNs;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long samples;

    private static final class Entry {
        final CompletableFuture<Loaded> loading = new CompletableFuture<>();
        final long untilNs;
        long samples;

        Entry(long untilNs) {
            this.untilNs = untilNs;
        }
    }

    PromptCache(long maxSamples, LongSupplier steadyNs) {
        this.maxSamples = maxSamples;
        this.steadyNs = steadyNs;
    }

    /// @param key of the audio: the id and where it is
    /// @param fetch called by whoever is first, on its own thread
    Loaded get(String key, Supplier<Loaded> fetch) {
        Entry entry;
        boolean mine = false;
        synchronized (entries) {
            Entry known = entries.get(key);
            if (known == null || steadyNs.getAsLong() - known.untilNs > 0) {
                remove(key);
                known = new Entry(steadyNs.getAsLong() + KEEP.toNanos());
                entries.put(key, known);
                mine = true;
            }
            entry = known;
        }
        if (mine) {
            fill(key, entry, fetch);
        }
        return entry.loading.join();
    }

    private void fill(String key, Entry entry, Supplier<Loaded> fetch) {
        Loaded loaded;
        try {
            loaded = fetch.get();
        } catch (RuntimeException | Error e) {
            entry.loading.completeExceptionally(e);
            synchronized (entries) {
                entries.remove(key, entry);
            }
            throw e;
        }
        synchronized (entries) {
            if (loaded instanceof Loaded.Ready(var clip)) {
                entry.samples = clip.samples().length;
                samples += entry.samples;
                shrink();
            } else {
                entries.remove(key, entry);
            }
        }
        entry.loading.complete(loaded);
    }

    private void shrink() {
        var oldest = entries.entrySet().iterator();
        while (samples > maxSamples && oldest.hasNext()) {
            Entry entry = oldest.next().getValue();
            if (entry.samples > 0) {
                samples -= entry.samples;
                oldest.remove();
            }
        }
    }

    private void remove(String key) {
        Entry gone = entries.remove(key);
        if (gone != null) {
            samples -= gone.samples;
        }
    }
}
