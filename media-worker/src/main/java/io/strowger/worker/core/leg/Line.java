package io.strowger.worker.core.leg;

import org.jspecify.annotations.Nullable;

/// What a dialog keeps of the way it came about.
///
/// @param trunk whose channel it holds; null: none
/// @param signing for challenges to our requests
/// @param owned whether the Call-ID is ours (RFC 3261 14.1)
record Line(@Nullable String trunk, Signing signing, boolean owned) {
    Line with(Signing other) {
        return new Line(trunk, other, owned);
    }
}
