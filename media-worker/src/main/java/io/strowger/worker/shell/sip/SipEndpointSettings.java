package io.strowger.worker.shell.sip;

import io.strowger.worker.core.route.BanRules;

/// Where SIP is spoken.
///
/// @param host address to bind
/// @param port of UDP and TCP; 0: any free one
/// @param advertisedHost what peers are told in Via and Contact
/// @param bans of strangers
public record SipEndpointSettings(String host, int port, String advertisedHost, BanRules bans) {
    public SipEndpointSettings(String host, int port, String advertisedHost) {
        this(host, port, advertisedHost, BanRules.standard());
    }
}
