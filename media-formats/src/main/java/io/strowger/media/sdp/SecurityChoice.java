package io.strowger.media.sdp;

import io.strowger.media.srtp.MediaKeys;
import io.strowger.media.srtp.SrtpKeys;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which stream of an offer is taken, and with which keys: protected before plain.
final class SecurityChoice {
    private SecurityChoice() {}

    /// The stream to accept; null: none will do.
    static @Nullable AudioStream stream(SessionDescription offer, LocalSrtp local) {
        List<AudioStream> offered =
                offer.sections().stream()
                        .map(SessionDescription.Section::audio)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .filter(audio -> audio.port() != 0)
                        .toList();
        for (AudioStream audio : offered) {
            if (crypto(audio, local) != null) {
                return audio;
            }
        }
        for (AudioStream audio : offered) {
            if (!audio.isSecure() && local.policy() != SrtpPolicy.REQUIRE) {
                return audio;
            }
        }
        return null;
    }

    /// Why there is none.
    static String refusal(SessionDescription offer, LocalSrtp local) {
        AudioStream audio = offer.audio();
        if (audio == null || audio.port() == 0) {
            return "no audio over RTP is offered";
        }
        return local.isOff()
                ? "SRTP is offered, and is off here"
                : "no SRTP is offered with keys of a suite that is known here";
    }

    /// The first line of the offer whose suite we have; null: none, or SRTP is off.
    static @Nullable CryptoAttribute crypto(AudioStream audio, LocalSrtp local) {
        if (local.isOff()) {
            return null;
        }
        return audio.cryptos().stream()
                .filter(crypto ->
                        local.keys().stream()
                                .anyMatch(keys -> keys.suite() == crypto.keys().suite()))
                .findFirst()
                .orElse(null);
    }

    /// Our keys for the chosen line.
    static SrtpKeys ours(CryptoAttribute chosen, LocalSrtp local) {
        return local.keys().stream()
                .filter(keys -> keys.suite() == chosen.keys().suite())
                .findFirst()
                .orElseThrow();
    }

    /// What offer and answer agree on: lines with the same tag and suite (RFC 4568 5.1.2, 5.1.3);
    /// null: nothing.
    static @Nullable MediaKeys agreed(AudioStream local, AudioStream remote) {
        for (CryptoAttribute theirs : remote.cryptos()) {
            for (CryptoAttribute ours : local.cryptos()) {
                if (ours.tag() == theirs.tag() && ours.keys().suite() == theirs.keys().suite()) {
                    return new MediaKeys(ours.keys(), theirs.keys());
                }
            }
        }
        return null;
    }
}
