package io.strowger.runtime.net;

/// A host that must not be connected to. The message is for people.
public final class RefusedAddressException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String kind;

    RefusedAddressException(String kind, String setting) {
        super("the host has a private address, and " + setting + " is off");
        this.kind = kind;
    }

    /// Which kind of address it has, as [AddressRules#refusal] says.
    public String kind() {
        return kind;
    }
}
