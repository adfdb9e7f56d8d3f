package io.strowger.worker.core.registration;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.sip.Registration;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.auth.Users;
import io.strowger.worker.core.route.Callee;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.NextHop;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipUri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ways to users' phones. Asked by any thread.
public final class UserRoutes {
    private static final int DEFAULT_PORT = 5060;
    private final Users users;
    private final Registrations registrations;
    private final String process;
    private final String host;
    private final SrtpPolicy srtp;

    /// @param process the word of this process in [Registration]
    /// @param host of users' addresses: this worker's advertised one
    /// @param srtp of users' media, whoever calls
    public UserRoutes(
            Users users,
            Registrations registrations,
            String process,
            String host,
            SrtpPolicy srtp) {
        this.users = users;
        this.registrations = registrations;
        this.process = process;
        this.host = host;
        this.srtp = srtp;
    }

    /// For phones in plain RTP.
    public UserRoutes(Users users, Registrations registrations, String process, String host) {
        this(users, registrations, process, host, SrtpPolicy.OFF);
    }

    /// For a worker without users.
    public static UserRoutes none() {
        return new UserRoutes(new Users(List.of()), new Registrations(() -> Instant.EPOCH), "", "");
    }

    /// Of users' media.
    public SrtpPolicy srtp() {
        return srtp;
    }

    /// One way for each present contact of the target, the best one first, phones on UDP before
    /// those on connections, which may take time; empty: a user who is nowhere, or no user.
    public List<Trunk> contacts(Identifier target) {
        Optional<SipUser> user =
                target instanceof Identifier.CommunicationUser id ? users.of(id) : Optional.empty();
        if (user.isEmpty()) {
            return List.of();
        }
        List<Registration> contacts = new ArrayList<>(registrations.of(user.get().id()));
        contacts.sort((a, b) -> Boolean.compare(isConnected(a), isConnected(b)));
        List<Trunk> ways = new ArrayList<>();
        for (Registration contact : contacts) {
            way(contact, user.get(), ways.size() + 1).ifPresent(ways::add);
        }
        return ways;
    }

    /// A request in a dialog with a user's phone that another process had, as the phone is reached
    /// now: over the connection that it has to us, else where its Contact says; it may take one
    /// there. What went over UDP, or to nobody who is registered, goes as it was.
    public SipRequest toNow(Identifier participant, SipRequest request) {
        Optional<SipUri> hop = request.routes().stream().findFirst().flatMap(NextHop::of);
        Optional<SipUri> target = SipUri.parse(request.requestUri());
        if (hop.isEmpty() || target.isEmpty() || hop.get().transport().equals("udp")) {
            return request;
        }
        List<Registration> same =
                registered(participant).stream()
                        .filter(UserRoutes::isConnected)
                        .filter(one -> isAt(target.get(), one))
                        .toList();
        List<String> routes = new ArrayList<>(request.routes());
        same.stream()
                .filter(one -> one.process().equals(process))
                .findFirst()
                .or(() -> same.stream().findFirst())
                .ifPresent(one -> routes.set(0, NextHop.route(hop(one), one.transport())));
        return request.by(routes);
    }

    private static boolean isAt(SipUri target, Registration contact) {
        return SipUri.parse(contact.contact())
                .filter(uri -> uri.user().equals(target.user()))
                .filter(uri -> uri.host().equalsIgnoreCase(target.host()))
                .filter(uri -> uri.port() == target.port())
                .isPresent();
    }

    private List<Registration> registered(Identifier participant) {
        return participant instanceof Identifier.CommunicationUser id
                ? registrations.of(id)
                : List.of();
    }

    /// The caller as phones and trunks are told: a user who is set goes by the name of their SIP
    /// address, everybody else as they are.
    public @Nullable Identifier shown(@Nullable Identifier caller) {
        return caller instanceof Identifier.CommunicationUser id
                ? users.of(id)
                        .<Identifier>map(user -> new Identifier.CommunicationUser(user.username()))
                        .orElse(caller)
                : caller;
    }

    private static boolean isConnected(Registration contact) {
        return !contact.transport().equals("udp");
    }

    private Optional<Trunk> way(Registration contact, SipUser user, int number) {
        String route = NextHop.route(hop(contact), contact.transport());
        return NextHop.of(route)
                .map(hop ->
                        new Trunk(
                                "contact " + number,
                                hop,
                                List.of(),
                                List.of(),
                                null,
                                0,
                                0,
                                false,
                                srtp,
                                new Callee(
                                        contact.contact(),
                                        "<sip:" + user.username() + "@" + host + ">",
                                        List.of(route))));
    }

    /// A connection that another process holds, or held, is of no use here: then the phone's own
    /// word must do.
    private String hop(Registration contact) {
        if (!isConnected(contact) || contact.process().equals(process)) {
            return contact.source();
        }
        return SipUri.parse(contact.contact())
                .map(uri -> uri.host() + ":" + (uri.port() == 0 ? DEFAULT_PORT : uri.port()))
                .orElse(contact.source());
    }
}
