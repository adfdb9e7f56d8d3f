package io.strowger.runtime.auth;

/// Whether a request is who it says it is.
public sealed interface Verdict {
    /// Signed with one of the keys; the body is still to be compared with its hash.
    ///
    /// @param keyId stands for the key, says nothing about it
    record Genuine(String keyId) implements Verdict {}

    record Refused(AuthRefusal reason) implements Verdict {}
}
