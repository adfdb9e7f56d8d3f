package io.strowger.contracts.media;

import org.jspecify.annotations.Nullable;

/// What a recognition understood that is not keys alone.
///
/// @param label of the choice that was made; null: nothing was to be chosen
/// @param text what was said, or of a choice the phrase that made it; null: a key made it
/// @param confidence 0..1; null: a key made it
public record Understood(
        @Nullable String label, @Nullable String text, @Nullable Double confidence) {
    /// Something was said.
    public static Understood speech(String text, double confidence) {
        return new Understood(null, text, confidence);
    }

    /// A key chose.
    public static Understood byKey(String label) {
        return new Understood(label, null, null);
    }
}
