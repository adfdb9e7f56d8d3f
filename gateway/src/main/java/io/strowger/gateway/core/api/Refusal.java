package io.strowger.gateway.core.api;

import io.strowger.contracts.api.CallError;

/// A request that is not taken on, found while it is read. Thrown by everything that reads
/// requests, answered in one place.
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final CallError error;

    /// @param detail what exactly is wrong, for the caller
    public Refusal(CallError error, String detail) {
        super(detail, null, false, false);
        this.error = error;
    }

    public static Refusal invalid(String detail) {
        return new Refusal(CallError.INVALID_REQUEST, detail);
    }

    /// The contract knows it, this version does not do it yet.
    public static Refusal unsupported(String what) {
        return invalid(what + " is not supported by this version of Strowger.");
    }

    public CallError error() {
        return error;
    }

    /// For the caller; never null.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
