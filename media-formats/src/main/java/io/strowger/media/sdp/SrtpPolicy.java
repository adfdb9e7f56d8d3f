package io.strowger.media.sdp;

/// Whether media is protected by SRTP, with keys in the session description (RFC 4568).
public enum SrtpPolicy {
    /// Never: keys that are offered are not taken.
    OFF,

    /// When the peer can: offered as `RTP/AVP` with keys beside, which a peer without SRTP passes
    /// over.
    PREFER,

    /// Always, or there is no call: offered as `RTP/SAVP`.
    REQUIRE
}
