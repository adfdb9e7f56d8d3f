package io.strowger.worker.core.sip;

import java.util.Optional;

/// Where a phone really is, as the first route of requests to it (RFC 3261 8.1.2: a pre-loaded
/// route). Behind a NAT the addresses that a phone names are of no use; its packets' source is. The
/// route is for us alone: it decides where a request goes and never leaves.
public final class NextHop {
    private static final String MARK = "strowger-hop";

    private NextHop() {}

    /// @param peer host:port; a bare IPv6 address counts as one
    /// @param transport `udp`, `tcp` or `tls`
    public static String route(String peer, String transport) {
        int colon = peer.lastIndexOf(':');
        String host = peer.substring(0, colon);
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return "<sip:"
                + (bare ? "[" + host + "]" : host)
                + peer.substring(colon)
                + ";transport="
                + transport
                + ";lr;"
                + MARK
                + ">";
    }

    /// The address behind a route of [#route]; empty for any other.
    public static Optional<SipUri> of(String route) {
        return SipUri.parse(route).filter(uri -> uri.parameters().endsWith(";" + MARK));
    }
}
