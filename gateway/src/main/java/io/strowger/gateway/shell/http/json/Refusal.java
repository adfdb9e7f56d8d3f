package io.strowger.gateway.shell.http.json;

import io.strowger.contracts.api.CallError;

/// A request that is refused where it is read. Carries no stack: it is an answer, not a fault.
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final CallError error;

    /// @param detail for the caller: what exactly is wrong
    public Refusal(CallError error, String detail) {
        super(detail, null, false, false);
        this.error = error;
    }

    /// 400 with the code of an invalid request.
    public static Refusal invalid(String detail) {
        return new Refusal(CallError.INVALID_REQUEST, detail);
    }

    public CallError error() {
        return error;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
