package io.strowger.worker.core.rtp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Where a leg's packets go to and may come from. Behind NAT the address in the SDP is not the one
/// that packets come from: the first source of a valid packet counts (symmetric RTP, RFC 4961), and
/// no other after it, unless the one of the SDP speaks up. For one thread.
public final class PeerAddress {
    private @Nullable InetSocketAddress stated;
    private @Nullable InetSocketAddress heard;

    /// A new offer or answer names an address: everything is open again.
    public void state(InetSocketAddress address) {
        if (!address.equals(stated)) {
            stated = address;
            heard = null;
        }
    }

    /// Whether a packet of this source is the peer's.
    public boolean accepts(InetSocketAddress source) {
        if (source.equals(heard)) {
            return true;
        }
        if (heard == null || source.equals(stated)) {
            heard = source;
            return true;
        }
        return false;
    }

    /// Where to send; null before anything is known.
    public @Nullable InetSocketAddress target() {
        return heard == null ? stated : heard;
    }
}
