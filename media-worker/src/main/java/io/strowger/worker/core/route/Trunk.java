package io.strowger.worker.core.route;

import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.worker.core.sip.Digest.Credentials;
import io.strowger.worker.core.sip.SipUri;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A SIP peer that numbers are rung through.
///
/// @param name unique; for logs and for the order of attempts
/// @param uri where requests go; its user part is not used
/// @param prefixes of E.164 numbers with their plus sign, e.g. `+49`; the empty text takes all
/// @param allowedAddresses addresses or CIDR blocks that its requests come from, beside the URI's
/// @param credentials for its digest challenges; null: none
/// @param maxCallsPerSecond new INVITEs; 0: no limit
/// @param maxChannels calls at a time; 0: no limit
/// @param assertIdentity whether it wants P-Asserted-Identity (RFC 3325)
/// @param srtp of the media
/// @param callee null but for the way to a user's phone, which is rung like a trunk of its own
public record Trunk(
        String name,
        SipUri uri,
        List<String> prefixes,
        List<String> allowedAddresses,
        @Nullable Credentials credentials,
        int maxCallsPerSecond,
        int maxChannels,
        boolean assertIdentity,
        SrtpPolicy srtp,
        @Nullable Callee callee) {
    /// One in plain RTP.
    public Trunk(
            String name,
            SipUri uri,
            List<String> prefixes,
            List<String> allowedAddresses,
            @Nullable Credentials credentials,
            int maxCallsPerSecond,
            int maxChannels,
            boolean assertIdentity) {
        this(
                name,
                uri,
                prefixes,
                allowedAddresses,
                credentials,
                maxCallsPerSecond,
                maxChannels,
                assertIdentity,
                SrtpPolicy.OFF,
                null);
    }

    public Trunk {
        prefixes = List.copyOf(prefixes);
        allowedAddresses = List.copyOf(allowedAddresses);
    }

    /// The same with another policy for its media.
    public Trunk withSrtp(SrtpPolicy policy) {
        return new Trunk(
                name,
                uri,
                prefixes,
                allowedAddresses,
                credentials,
                maxCallsPerSecond,
                maxChannels,
                assertIdentity,
                policy,
                callee);
    }
}
