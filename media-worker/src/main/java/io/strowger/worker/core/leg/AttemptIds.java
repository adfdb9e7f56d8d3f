package io.strowger.worker.core.leg;

import io.strowger.media.srtp.SrtpKeys;
import java.util.List;

/// Chance, drawn by the caller, for one INVITE to one trunk.
///
/// @param sipCallId globally unique (RFC 3261 8.1.1.4)
/// @param localTag of From, at least 32 random bits (19.3)
/// @param cnonce for digest answers
/// @param mediaKeys of what we send, should it be protected, in order of preference; nobody else's:
///   who was offered them and did not answer could listen
public record AttemptIds(
        String sipCallId, String localTag, String cnonce, List<SrtpKeys> mediaKeys) {
    public AttemptIds {
        mediaKeys = List.copyOf(mediaKeys);
    }

    /// For media in plain RTP.
    public AttemptIds(String sipCallId, String localTag, String cnonce) {
        this(sipCallId, localTag, cnonce, List.of());
    }
}
