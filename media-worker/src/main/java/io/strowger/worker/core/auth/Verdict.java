package io.strowger.worker.core.auth;

import java.util.List;

/// What a request proves about its sender.
public sealed interface Verdict {
    /// Nothing yet, or nothing that may be used again: answer 401 with these.
    ///
    /// @param wwwAuthenticateValues one header each, in this order (RFC 8760 2.3)
    /// @param stale the password was right and the nonce was not: a phone tries again by itself
    record Challenge(List<String> wwwAuthenticateValues, boolean stale) implements Verdict {
        public Challenge {
            wwwAuthenticateValues = List.copyOf(wwwAuthenticateValues);
        }
    }

    /// It is from `user`.
    record Proved(SipUser user) implements Verdict {}

    /// The password was wrong or nobody has this name, which look the same: answer 403.
    record Refused() implements Verdict {}
}
