package io.strowger.media.sdp;

import io.strowger.media.srtp.CryptoSuite;
import io.strowger.media.srtp.SrtpKeys;
import java.util.List;

/// What one side wants of SRTP.
///
/// @param keys of what we send, one for each suite, in order of preference; all different (RFC 4568
///   6.1); empty when the policy is OFF
public record LocalSrtp(SrtpPolicy policy, List<SrtpKeys> keys) {
    /// Plain RTP.
    public static final LocalSrtp OFF = new LocalSrtp(SrtpPolicy.OFF, List.of());

    public LocalSrtp {
        keys = List.copyOf(keys);
        if (policy != SrtpPolicy.OFF && keys.isEmpty()) {
            throw new IllegalArgumentException("SRTP without keys");
        }
    }

    /// For a description that is thrown away.
    public static LocalSrtp probe(SrtpPolicy policy) {
        byte[] noSecret = new byte[SrtpKeys.BYTES];
        return new LocalSrtp(
                policy,
                List.of(
                        SrtpKeys.of(CryptoSuite.AES_CM_128_HMAC_SHA1_80, noSecret),
                        SrtpKeys.of(CryptoSuite.AES_CM_128_HMAC_SHA1_32, noSecret)));
    }

    boolean isOff() {
        return policy == SrtpPolicy.OFF;
    }
}
