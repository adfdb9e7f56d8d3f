package io.strowger.gateway.shell.http.json;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.ConnectionState;
import java.util.Locale;

/// Enumerations as the current line writes them.
public final class Words {
    private Words() {}

    /// `connecting`, `transferAccepted`...
    public static String state(ConnectionState state) {
        return state == ConnectionState.TRANSFER_ACCEPTED
                ? "transferAccepted"
                : state.name().toLowerCase(Locale.ROOT);
    }

    /// @param at where `word` stands, for the refusal
    public static Tone tone(Fields at, String name, String word) throws Refusal {
        for (Tone tone : Tone.values()) {
            if (tone.name().toLowerCase(Locale.ROOT).equals(word)) {
                return tone;
            }
        }
        throw at.wrong(name, "has '" + word + "': tones are zero..nine, a..d, pound and asterisk");
    }
}
