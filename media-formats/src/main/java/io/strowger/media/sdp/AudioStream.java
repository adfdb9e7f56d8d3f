package io.strowger.media.sdp;

import io.strowger.media.g711.G711;
import java.util.List;
import java.util.Map;

/// One audio `m=` section.
///
/// @param address of its `c=` line, else the session's
/// @param port 0: refused
/// @param profile e.g. `RTP/AVP`
/// @param payloadTypes in order of preference
/// @param encodings payload type to `NAME/RATE` in upper case, static types included
/// @param ptimeMs 0: not named
/// @param cryptos those that we can do, in order of preference
record AudioStream(
        String address,
        int port,
        String profile,
        List<Integer> payloadTypes,
        Map<Integer, String> encodings,
        int ptimeMs,
        Direction direction,
        List<CryptoAttribute> cryptos) {
    private static final String SECURE = "RTP/SAVP";

    AudioStream {
        cryptos = List.copyOf(cryptos);
    }

    /// Whether the profile forbids plain RTP.
    boolean isSecure() {
        return profile.equals(SECURE);
    }

    /// The payload type of `codec`, or -1.
    int payloadTypeOf(G711 codec) {
        return payloadTypeOf(codec.name() + "/8000");
    }

    int telephoneEvent() {
        return payloadTypeOf("TELEPHONE-EVENT/8000");
    }

    private int payloadTypeOf(String encoding) {
        for (int payloadType : payloadTypes) {
            if (encoding.equals(encodings.get(payloadType))) {
                return payloadType;
            }
        }
        return -1;
    }
}
