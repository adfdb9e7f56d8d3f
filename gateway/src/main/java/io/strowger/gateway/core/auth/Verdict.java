package io.strowger.gateway.core.auth;

/// Whether a request is whom it says it is from.
public sealed interface Verdict {
    /// @param key which of the access keys signed it, from 0
    record Authentic(int key) implements Verdict {}

    /// @param reason for the caller; names no key
    record Refused(String reason) implements Verdict {}
}
