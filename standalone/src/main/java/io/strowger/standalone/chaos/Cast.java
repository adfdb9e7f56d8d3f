package io.strowger.standalone.chaos;

import java.io.IOException;
import java.util.List;

/// Who is in the calls of one kind of leg: phones of its own for each state, so that all can be
/// tried at the same time.
///
/// @param rings picks up when told to
/// @param target to whom the transferee is transferred, picks up when told to
record Cast(
        LegKind kind,
        Extras.Extra rings,
        List<Extras.Extra> two,
        Extras.Extra listens,
        Extras.Extra presses,
        List<Extras.Extra> recorded,
        List<Extras.Extra> held,
        List<Extras.Extra> three,
        Extras.Extra transferee,
        Extras.Extra target) {
    /// How many they are.
    static final int SIZE = 14;

    Cast {
        two = List.copyOf(two);
        recorded = List.copyOf(recorded);
        held = List.copyOf(held);
        three = List.copyOf(three);
    }

    static Cast of(Extras extras, LegKind kind) throws IOException, InterruptedException {
        return new Cast(
                kind,
                extras.add(kind, false),
                List.of(extras.add(kind, true), extras.add(kind, true)),
                extras.add(kind, true),
                extras.add(kind, true),
                List.of(extras.add(kind, true), extras.add(kind, true)),
                List.of(extras.add(kind, true), extras.add(kind, true)),
                List.of(extras.add(kind, true), extras.add(kind, true), extras.add(kind, true)),
                extras.add(kind, true),
                extras.add(kind, false));
    }
}
