package io.strowger.worker.shell.sip;

import io.strowger.worker.core.route.BanRules;
import java.net.InetAddress;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Where SIP is spoken.
///
/// @param host address to bind
/// @param port of UDP and TCP; 0: any free one
/// @param advertisedHost what peers are told in Via and Contact
/// @param tcp whether TCP is spoken
/// @param tls null: no TLS
/// @param bans of strangers
public record SipEndpointSettings(
        String host,
        int port,
        String advertisedHost,
        boolean tcp,
        @Nullable Tls tls,
        BanRules bans) {
    /// UDP and TCP.
    public SipEndpointSettings(String host, int port, String advertisedHost) {
        this(host, port, advertisedHost, true, null, BanRules.standard());
    }

    /// @param port 0: any free one
    /// @param context with our certificate, and whom we trust
    /// @param names what the certificate of a peer that we connect to must be good for
    public record Tls(int port, SSLContext context, Function<InetAddress, String> names) {}
}
