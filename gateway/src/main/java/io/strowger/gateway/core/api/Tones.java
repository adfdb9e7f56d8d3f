package io.strowger.gateway.core.api;

import io.strowger.contracts.api.Tone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads keys as the versions from 2023-03-06 write them.
public final class Tones {
    private static final Map<String, Tone> TONES =
            Arrays.stream(Tone.values())
                    .collect(Collectors.toMap(t -> t.name().toLowerCase(Locale.ROOT), t -> t));

    private Tones() {}

    public static List<Tone> read(Fields json, String name) throws Refusal {
        List<Tone> tones = new ArrayList<>();
        for (String text : json.texts(name)) {
            Tone tone = TONES.get(text);
            if (tone == null) {
                throw json.invalid(name, "must name tones: zero..nine, a..d, pound, asterisk");
            }
            tones.add(tone);
        }
        return tones;
    }

    /// A single one, which must be there.
    public static Tone readOne(Fields json, String name) throws Refusal {
        Tone tone = TONES.get(json.requiredText(name));
        if (tone == null) {
            throw json.invalid(name, "must name a tone: zero..nine, a..d, pound, asterisk");
        }
        return tone;
    }
}
