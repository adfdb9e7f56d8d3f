package io.strowger.worker.shell.sip;

import io.strowger.worker.core.registration.RegisterInbox;
import io.strowger.worker.core.route.BanRules;
import io.strowger.worker.core.route.Bans;
import io.strowger.worker.core.route.KnownPeers;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whom the SIP port does not listen to. Trunks and places where phones are registered are never
/// banned: whoever forges their address must not cut them off. Used by threads of the SIP stack,
/// several at a time.
final class Doorkeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
    private final Bans bans;
    private final Supplier<KnownPeers> peers;
    private final RegisterInbox registrar;

    Doorkeeper(BanRules rules, Supplier<KnownPeers> peers, RegisterInbox registrar) {
        this.bans = new Bans(rules);
        this.peers = peers;
        this.registrar = registrar;
    }

    /// @param host address in text, as the socket gives it
    boolean isBanned(String host) {
        return bans.isBanned(host, System.nanoTime()) && !isExempt(host);
    }

    /// A request that only a stranger sends.
    void offended(String host) {
        if (!isExempt(host) && bans.offended(host, System.nanoTime())) {
            LOG.atInfo().addKeyValue("source", host).log("SIP source banned");
        }
    }

    int banned() {
        return bans.count(System.nanoTime());
    }

    private boolean isExempt(String host) {
        return peers.get().contains(host) || registrar.isHostOfPhones(host);
    }
}
