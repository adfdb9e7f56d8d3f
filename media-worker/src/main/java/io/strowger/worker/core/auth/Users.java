package io.strowger.worker.core.auth;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The people with a SIP login, as set. Read by any thread.
public final class Users {
    private final List<SipUser> all;
    private final Map<String, SipUser> byUsername = new HashMap<>();
    private final Map<CommunicationUser, SipUser> byId = new HashMap<>();

    /// @throws IllegalArgumentException when two have the same name or id
    public Users(List<SipUser> users) {
        this.all = List.copyOf(users);
        for (SipUser user : all) {
            if (byUsername.put(user.username(), user) != null
                    || byId.put(user.id(), user) != null) {
                throw new IllegalArgumentException(
                        "two users are " + user.username() + " or " + user.id().id());
            }
        }
    }

    public List<SipUser> all() {
        return all;
    }

    /// @param username the user part of a SIP address; case matters
    public Optional<SipUser> named(String username) {
        return Optional.ofNullable(byUsername.get(username));
    }

    public Optional<SipUser> of(CommunicationUser id) {
        return Optional.ofNullable(byId.get(id));
    }
}
