package io.strowger.worker.core.bridge;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.worker.core.play.Player;
import io.strowger.worker.core.rtp.Frame;
import java.util.List;

/// Something that plays, at work.
final class Playing {
    final OperationId id;
    final List<PlaySource> sources;
    final List<LegId> legs;
    final Purpose purpose;
    final Player player;

    /// This frame's sound: 160 sums.
    final int[] frame = new int[Frame.SAMPLES];

    int asked = -1;

    /// What it plays for.
    sealed interface Purpose {}

    /// An operation of its own.
    record Play() implements Purpose {}

    /// The prompt of a recognition.
    record Prompt(Recognizing of) implements Purpose {}

    /// Music for a leg on hold.
    record Music(LegMedia leg) implements Purpose {}

    /// @param legs who hears it; empty: everyone
    Playing(
            OperationId id,
            List<PlaySource> sources,
            List<LegId> legs,
            boolean loop,
            Purpose purpose) {
        this.id = id;
        this.sources = sources;
        this.legs = legs;
        this.purpose = purpose;
        this.player = new Player(sources.size(), loop);
    }

    boolean isForEveryone() {
        return legs.isEmpty();
    }

    boolean isFor(LegId leg) {
        return legs.isEmpty() || legs.contains(leg);
    }

    boolean isPromptOf(Recognizing recognizing) {
        return purpose instanceof Prompt(var of) && of == recognizing;
    }
}
