package io.strowger.worker.core.bridge;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.worker.core.play.Player;
import io.strowger.worker.core.rtp.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A play, or the prompt of a recognition, at work.
final class Playing {
    final OperationId id;
    final List<PlaySource> sources;
    final List<LegId> legs;
    final @Nullable Recognizing of;
    final Player player;
    final int[] frame = new int[Frame.SAMPLES];
    int asked = -1;

    /// @param legs who hears it; empty: everyone
    /// @param of the recognition whose prompt this is; null: a play
    Playing(
            OperationId id,
            List<PlaySource> sources,
            List<LegId> legs,
            boolean loop,
            @Nullable Recognizing of) {
        this.id = id;
        this.sources = sources;
        this.legs = legs;
        this.of = of;
        this.player = new Player(sources.size(), loop);
    }

    boolean isHeardBy(LegId leg) {
        return legs.isEmpty() || legs.contains(leg);
    }
}
