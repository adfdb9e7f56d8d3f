package io.strowger.worker.core.sip;

/// What this worker understands.
public final class SipMethods {
    /// Value of Allow.
    public static final String ALLOWED = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REFER";

    private SipMethods() {}
}
