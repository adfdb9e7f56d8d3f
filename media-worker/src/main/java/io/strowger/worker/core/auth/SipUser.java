package io.strowger.worker.core.auth;

import io.strowger.contracts.api.Identifier.CommunicationUser;

/// A person with a SIP login, as set. Prints without the password.
///
/// @param id what applications call them
/// @param username of the login, and the user part of their address; case matters (RFC 3261 19.1.4)
public record SipUser(CommunicationUser id, String username, String password) {
    @Override
    public String toString() {
        return "SipUser[" + id.id() + ", " + username + ", ***]";
    }
}
