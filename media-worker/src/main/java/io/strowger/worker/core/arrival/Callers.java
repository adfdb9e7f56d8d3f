package io.strowger.worker.core.arrival;

import io.strowger.contracts.api.Identifier;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.Directory;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.NameAddress;
import io.strowger.worker.core.sip.SipText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads who calls and who is called. A user has proved its password; a trunk is believed.
public final class Callers {
    private static final Identifier ANONYMOUS = new Identifier.PhoneNumber("anonymous");
    private static final int LONGEST_NAME = 100;
    private static final int MOST_HEADERS = 20;
    private static final int LONGEST_VALUE = 1_000;
    private final Directory directory;

    public Callers(Directory directory) {
        this.directory = directory;
    }

    /// The user that the INVITE says it is from; empty: it says something else.
    public Optional<Identifier.CommunicationUser> claimed(IncomingInvite invite) {
        return directory.user(NameAddress.parse(invite.from()).uri());
    }

    /// @param user who has proved it
    public Arrival fromUser(Identifier.CommunicationUser user, IncomingInvite invite) {
        return arrival(user, null, displayName(NameAddress.parse(invite.from())), invite);
    }

    public Arrival fromTrunk(String trunk, IncomingInvite invite) {
        NameAddress caller = caller(invite);
        boolean anonymous = invite.isPrivate() || isAnonymous(caller);
        Identifier from =
                anonymous
                        ? ANONYMOUS
                        : Directory.number(caller.uri())
                                .map(number -> (Identifier) number)
                                .orElse(ANONYMOUS);
        return arrival(from, trunk, anonymous ? null : displayName(caller), invite);
    }

    private Arrival arrival(
            Identifier from,
            @Nullable String trunk,
            @Nullable String displayName,
            IncomingInvite invite) {
        Optional<Identifier> to = directory.target(invite.requestUri());
        return to.isEmpty()
                ? new Arrival.Refusal(404, "Not Found")
                : new Arrival.Welcome(from, to.get(), trunk, displayName, headers(invite));
    }

    /// What the network asserts counts before what the phone says (RFC 3325 9.1).
    private static NameAddress caller(IncomingInvite invite) {
        return invite.asserted().stream()
                .map(NameAddress::parse)
                .filter(address -> Directory.number(address.uri()).isPresent())
                .findFirst()
                .orElseGet(() -> NameAddress.parse(invite.from()));
    }

    private static boolean isAnonymous(NameAddress caller) {
        return Directory.userPart(caller.uri()).equalsIgnoreCase("anonymous");
    }

    private static @Nullable String displayName(NameAddress address) {
        String name = address.displayName();
        return name == null || !SipText.isOneLine(name)
                ? null
                : name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    private static Map<String, String> headers(IncomingInvite invite) {
        Map<String, String> kept = new LinkedHashMap<>();
        invite.applicationHeaders().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(header -> header.getValue().length() <= LONGEST_VALUE)
                .filter(header -> !header.getKey().equalsIgnoreCase("X-Server-Call-Id"))
                .limit(MOST_HEADERS)
                .forEach(header -> kept.put(header.getKey(), header.getValue()));
        return kept;
    }
}
