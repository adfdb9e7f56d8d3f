package io.strowger.runtime.auth;

/// Whether a request is who it says it is.
public sealed interface Verdict {
    /// Signed with one of the keys, the body still to be compared with its hash; or with a token,
    /// which says nothing about the body.
    ///
    /// @param keyId stands for the key or the token's application, says nothing about it
    record Genuine(String keyId) implements Verdict {}

    record Refused(AuthRefusal reason) implements Verdict {}
}
