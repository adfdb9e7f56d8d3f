package io.strowger.worker.core.leg;

/// This worker, as peers reach it.
///
/// @param host advertised for SIP and RTP
/// @param sipPort of UDP and TCP
public record LocalParty(String host, int sipPort) {
    /// Value of Contact for a dialog over `transport`.
    String contact(String transport) {
        String parameter = transport.equals("udp") ? "" : ";transport=" + transport;
        return "<sip:strowger@" + host + ":" + sipPort + parameter + ">";
    }
}
