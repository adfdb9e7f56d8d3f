package io.strowger.standalone.chaos;

import java.util.Locale;

/// How the phones of a call are reached.
public enum LegKind {
    /// A trunk over UDP.
    UDP,
    /// A trunk over TCP.
    TCP,
    /// A trunk over TLS, with SRTP.
    TLS,
    /// Users whose phones register, over UDP.
    USER;

    /// As it is printed, and asked for on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
