package io.strowger.worker.shell.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.placement.Placement;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.worker.core.arrival.Callers;
import io.strowger.worker.core.auth.DigestAuthority;
import io.strowger.worker.core.auth.Verdict;
import io.strowger.worker.core.leg.LegBasis;
import io.strowger.worker.core.leg.OfferCheck;
import io.strowger.worker.core.registration.RegisterLimits;
import io.strowger.worker.core.route.KnownPeers;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.route.TrunkLoad;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.Directory;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.NameAddress;
import io.strowger.worker.core.sip.NextHop;
import io.strowger.worker.core.sip.SipReply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes calls that come in: decides about the caller, finds room, makes the call. Used by threads
/// of the SIP stack, several at a time; blocks on nothing.
public final class Reception {
    private static final LegId CALLER = new LegId(1);
    private static final HeaderLine LATER = new HeaderLine("Retry-After", "5");
    private final CallHost host;
    private final Desk desk;
    private final Callers callers;
    private final RegisterLimits strangers;

    /// What it needs to know of this worker and its peers.
    ///
    /// @param ids makes ids of new calls
    /// @param here where calls are placed that begin now
    /// @param listening whether orders are heard by now
    /// @param peers who may call; asked for each call
    /// @param directory users, by their user name in SIP
    /// @param authority knows their passwords
    public record Desk(
            CallIds ids,
            Supplier<Placement> here,
            BooleanSupplier listening,
            Supplier<KnownPeers> peers,
            Directory directory,
            DigestAuthority authority) {}

    Reception(CallHost host, Desk desk) {
        this.host = host;
        this.desk = desk;
        this.callers = new Callers(desk.directory());
        this.strangers = new RegisterLimits(host.ports().steadyNs().getAsLong());
    }

    Directory directory() {
        return desk.directory();
    }

    Arrival weigh(IncomingInvite invite) {
        Arrival arrival = whoCalls(invite);
        if (!(arrival instanceof Arrival.Welcome welcome)) {
            return arrival;
        }
        Trunk trunk = welcome.trunk() == null ? null : trunk(welcome.trunk()).orElseThrow();
        Optional<Arrival.Refusal> refusal = OfferCheck.refusal(invite, srtp(trunk));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return desk.listening().getAsBoolean()
                ? arrival
                : new Arrival.Refusal(503, "Service Unavailable", List.of(LATER));
    }

    private SrtpPolicy srtp(@Nullable Trunk trunk) {
        return trunk == null ? host.users().srtp() : trunk.srtp();
    }

    /// Users before trunks: who gives a user's name must prove it, wherever it comes from. Who
    /// gives another name from an address that is no trunk's is asked the same, so that nobody
    /// learns which names there are. Without users there is nothing to learn, and nothing is said.
    private Arrival whoCalls(IncomingInvite invite) {
        Optional<Identifier.CommunicationUser> user = callers.claimed(invite);
        Trunk trunk = user.isPresent() ? null : trunkAt(invite.request().peer());
        if (trunk != null) {
            return callers.fromTrunk(trunk.name(), invite);
        }
        boolean asked =
                !desk.directory().isEmpty()
                        && strangers.admit(
                                host(invite.request().peer()), host.ports().steadyNs().getAsLong());
        return asked ? proved(user.orElse(null), invite) : new Arrival.Silence();
    }

    private static String host(String peer) {
        return peer.substring(0, Math.max(peer.lastIndexOf(':'), 0));
    }

    /// @param user null: the name that it gives is nobody's
    private Arrival proved(Identifier.@Nullable CommunicationUser user, IncomingInvite invite) {
        long nowMillis = host.ports().clock().millis();
        String client =
                DigestAuthority.client(
                        Directory.userPart(NameAddress.parse(invite.from()).uri()),
                        host(invite.request().peer()));
        Verdict verdict =
                desk.authority().check("INVITE", invite.authorization(), nowMillis, client);
        return switch (verdict) {
            case Verdict.Challenge(var values, _) ->
                    new Arrival.Refusal(
                            401,
                            "Unauthorized",
                            values.stream()
                                    .map(value -> new HeaderLine("WWW-Authenticate", value))
                                    .toList());
            case Verdict.Proved(var proved) when proved.id().equals(user) ->
                    callers.fromUser(proved.id(), invite);
            case Verdict.Proved _, Verdict.Refused _ -> new Arrival.Refusal(403, "Forbidden");
        };
    }

    @Nullable Trunk trunkAt(String peerAddress) {
        String port = peerAddress.substring(peerAddress.lastIndexOf(':') + 1);
        if (!port.matches("[0-9]{1,5}")) {
            return null;
        }
        return desk.peers()
                .get()
                .trunkAt(host(peerAddress), Integer.parseInt(port))
                .flatMap(this::trunk)
                .orElse(null);
    }

    private Optional<Trunk> trunk(String name) {
        return host.settings().trunks().stream()
                .filter(trunk -> trunk.name().equals(name))
                .findFirst();
    }

    /// A user's phone may be behind a NAT: it is reached where its INVITE came from.
    void arrived(IncomingInvite invite, Arrival.Welcome welcome) {
        String route = NextHop.route(invite.request().peer(), invite.transport());
        admit(welcome.trunk() == null ? invite.reachedBy(route) : invite, welcome);
    }

    private void admit(IncomingInvite invite, Arrival.Welcome welcome) {
        long nowNs = host.ports().steadyNs().getAsLong();
        Trunk trunk = welcome.trunk() == null ? null : trunk(welcome.trunk()).orElseThrow();
        if (!host.admission().admit(nowNs)) {
            full(invite);
            return;
        }
        if (trunk != null && !takeChannel(trunk, nowNs)) {
            host.admission().left();
            full(invite);
            return;
        }
        Call call = new Call(desk.ids().newCall(host.ports().random()), host);
        if (!host.listenToNew(invite.request().sipCallId(), call, CALLER)) {
            // Two copies over two ways, at the same moment (RFC 3261 8.2.2.2).
            host.admission().left();
            if (trunk != null) {
                host.trunkLoad().release(trunk.name());
            }
            refuse(invite, 482, "Loop Detected", List.of());
            return;
        }
        host.add(call);
        LegBasis basis =
                new LegBasis(
                        call.id(),
                        CALLER,
                        0,
                        host.settings().local(),
                        host.settings().timings(),
                        desk.directory());
        call.arrive(
                desk.here().get(),
                basis,
                runner -> runner.arrive(basis, invite, welcome, trunk, srtp(trunk)));
    }

    private boolean takeChannel(Trunk trunk, long nowNs) {
        return host.trunkLoad().take(List.of(trunk), Set.of(), nowNs)
                instanceof TrunkLoad.Grant.Granted;
    }

    private void full(IncomingInvite invite) {
        refuse(invite, 503, "Service Unavailable", List.of(LATER));
    }

    private void refuse(
            IncomingInvite invite, int status, String reason, List<HeaderLine> headers) {
        host.ports()
                .wire()
                .reply(
                        new SipReply(
                                invite.request().exchange(), status, reason, null, headers, null));
    }
}
