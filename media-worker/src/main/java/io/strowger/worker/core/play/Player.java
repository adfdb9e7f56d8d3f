package io.strowger.worker.core.play;

import io.strowger.contracts.media.PlayOutcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Plays sources in order, frame by frame. Sources are fetched elsewhere, the next one while one
/// plays; while one is awaited there is silence. For one thread; a frame allocates nothing.
public final class Player {
    private final @Nullable Loaded[] sources;
    private final boolean loop;
    private int index;
    private int position;
    private long toSkip;
    private boolean started;
    private boolean over;

    /// @param sources how many
    /// @param loop over and over
    public Player(int sources, boolean loop) {
        this.sources = new Loaded[sources];
        this.loop = loop;
    }

    /// Leaves out what was heard before: over all sources, and all rounds of a loop.
    ///
    /// @param samples at 8 kHz
    public void skip(long samples) {
        toSkip = samples;
    }

    /// A source was fetched, or was not.
    public void loaded(int source, Loaded what) {
        sources[source] = what;
    }

    /// The source to fetch now, or -1: the one that plays and the one behind it are wanted.
    ///
    /// @param asked the highest source asked for so far, -1 at first
    public int wanted(int asked) {
        return !over && asked + 1 < sources.length && asked < index + 1 ? asked + 1 : -1;
    }

    /// Adds one frame to a mix: as much of it as there is.
    ///
    /// @param mix 160 sums
    public void add(int[] mix) {
        int at = 0;
        while (at < mix.length && !over) {
            switch (sources[index]) {
                case null -> {
                    return;
                }
                case Loaded.Failed _ -> over = true;
                case Loaded.Ready(Clip(short[] samples)) -> {
                    int skipped = (int) Math.min(toSkip, samples.length - position);
                    toSkip -= skipped;
                    position += skipped;
                    int count = Math.min(mix.length - at, samples.length - position);
                    for (int i = 0; i < count; i++) {
                        mix[at + i] += samples[position + i];
                    }
                    at += count;
                    position += count;
                    started |= count > 0;
                    over = position == samples.length && !next();
                }
            }
        }
    }

    private boolean next() {
        position = 0;
        index++;
        if (index == sources.length && loop) {
            index = 0;
            toSkip %= length();
        }
        return index < sources.length;
    }

    /// Of all sources, which are there once they were played.
    private long length() {
        long length = 0;
        for (Loaded source : sources) {
            length += source instanceof Loaded.Ready(Clip(short[] samples)) ? samples.length : 0;
        }
        return length;
    }

    /// Whether a frame was played.
    public boolean started() {
        return started;
    }

    /// Whether there is nothing more to play.
    public boolean isOver() {
        return over;
    }

    /// Whether it ended because a source could not be had.
    public boolean failed() {
        return over && index < sources.length && sources[index] instanceof Loaded.Failed;
    }

    /// The source that could not be had.
    public int failedIndex() {
        return index;
    }

    /// Why it could not be had.
    public Loaded.Failed failure() {
        return index < sources.length && sources[index] instanceof Loaded.Failed failed
                ? failed
                : new Loaded.Failed(PlayOutcome.FAILED, "nothing failed");
    }

    @Override
    public String toString() {
        return "Player[" + index + " of " + Arrays.toString(sources) + "]";
    }
}
