package io.strowger.worker.core.registration;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A REGISTER as it came.
///
/// @param toUser the user part of To: whose contacts it is about; empty: none
/// @param contacts values of Contact, `*` among them
/// @param expires value of Expires; null: none
/// @param authorization value of the first Authorization that is a digest; null: none
/// @param required option tags of Require
/// @param source host:port it came from
/// @param transport `udp` or `tcp`
public record RegisterRequest(
        String toUser,
        String sipCallId,
        long cseq,
        List<String> contacts,
        @Nullable String expires,
        @Nullable String authorization,
        Set<String> required,
        String source,
        String transport) {
    public RegisterRequest {
        contacts = List.copyOf(contacts);
        required = Set.copyOf(required);
    }

    /// The address in `source`.
    public String sourceHost() {
        return source.substring(0, source.lastIndexOf(':'));
    }
}
