package io.strowger.worker.core.leg;

/// This worker, as peers reach it.
///
/// @param host advertised for SIP and RTP
/// @param sipPort of UDP and TCP
/// @param sipTlsPort of TLS; 0: none
public record LocalParty(String host, int sipPort, int sipTlsPort) {
    /// One without TLS.
    public LocalParty(String host, int sipPort) {
        this(host, sipPort, 0);
    }

    /// Value of Contact for a dialog over `transport`.
    String contact(String transport) {
        String parameter = transport.equals("udp") ? "" : ";transport=" + transport;
        int port = transport.equals("tls") ? sipTlsPort : sipPort;
        return "<sip:strowger@" + host + ":" + port + parameter + ">";
    }
}
