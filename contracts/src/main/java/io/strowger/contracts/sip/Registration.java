package io.strowger.contracts.sip;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import java.time.Instant;

/// The value of `sip.registrations`: one contact at which a user is reached now (RFC 3261 10). A
/// null value when it is gone. The key is the user's id, a blank, and the contact as it is compared
/// (user part, host, port and transport), so that a refreshed contact replaces itself.
///
/// @param contact its URI, as the phone gave it
/// @param source host:port that the REGISTER came from: where the phone really is, behind a NAT too
/// @param transport `udp`, `tcp` or `tls`
/// @param process that took the REGISTER, by a word it chose at its start: it alone holds the
///   phone's connection when `transport` is `tcp` or `tls`
/// @param sipCallId of the REGISTER, and `cseq`: a later one with the same must have a higher CSeq
/// @param priority the contact's `q` in thousandths, 0..1000
public record Registration(
        CommunicationUser user,
        String contact,
        String source,
        String transport,
        String process,
        String sipCallId,
        long cseq,
        int priority,
        Instant registeredAt,
        Instant expiresAt) {}
