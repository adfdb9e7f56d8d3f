package io.strowger.worker.shell.sip;

/// Where SIP is spoken.
///
/// @param host address to bind
/// @param port of UDP and TCP; 0: any free one
/// @param advertisedHost what peers are told in Via and Contact
public record SipEndpointSettings(String host, int port, String advertisedHost) {}
