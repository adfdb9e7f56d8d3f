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
    ///
    /// @param address may be unresolved
    public void state(InetSocketAddress address) {
        if (!address.equals(stated)) {
            stated = address;
            heard = null;
        }
    }

    /// The host that was stated by name has been looked up.
    ///
    /// @param named as it was stated; passed over when another was stated meanwhile
    public void found(InetSocketAddress named, InetSocketAddress address) {
        if (named.equals(stated)) {
            stated = address;
        }
    }

    /// Whether a packet of this source is the peer's.
    public boolean accepts(InetSocketAddress source) {
        if (source == heard || source.equals(heard)) {
            return true; // a socket gives the same object for the same source: no need to compare
        }
        if (heard == null || source.equals(stated)) {
            heard = source;
            return true;
        }
        return false;
    }

    /// Where to send; null before anything is known, or while a name is looked up.
    public @Nullable InetSocketAddress target() {
        if (heard != null) {
            return heard;
        }
        return stated == null || stated.isUnresolved() ? null : stated;
    }
}
