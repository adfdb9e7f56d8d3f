package io.strowger.worker;

import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.tls.TlsCertificate;
import io.strowger.runtime.tls.TlsContexts;
import io.strowger.worker.core.route.BanRules;
import io.strowger.worker.shell.sip.SipEndpointSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.function.Function;

/// Which transports SIP is spoken over, as settings say.
final class SipTransports {
    private static final String KEY = "sip.tls";

    private SipTransports() {}

    /// @param names what the certificate of a peer that we connect to must be good for
    static SipEndpointSettings of(
            ServiceContext context, String advertised, Function<InetAddress, String> names)
            throws IOException, GeneralSecurityException {
        Settings settings = context.settings();
        Settings.Sip sip = settings.sip();
        SipEndpointSettings.Tls tls = null;
        if (sip.tls().enabled()) {
            TlsCertificate own =
                    TlsCertificate.load(
                            sip.tls().certificate(),
                            KEY,
                            new TlsCertificate.Place(settings.dataDir(), "sip-tls", advertised),
                            context.clock().instant());
            tls =
                    new SipEndpointSettings.Tls(
                            sip.tls().port(),
                            TlsContexts.of(own, KEY, sip.tls().trustFile()),
                            names);
        }
        Settings.Bans bans = sip.bans();
        return new SipEndpointSettings(
                sip.host(),
                sip.port(),
                advertised,
                sip.tcp(),
                tls,
                new BanRules(bans.offences(), bans.within(), bans.time()));
    }
}
