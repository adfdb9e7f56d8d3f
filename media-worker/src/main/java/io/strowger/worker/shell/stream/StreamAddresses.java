package io.strowger.worker.shell.stream;

import io.strowger.runtime.net.AddressRules;
import io.strowger.runtime.net.NameLookups;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/// Where streams may go: their URL comes from outside, as a prompt's does.
final class StreamAddresses {
    private final boolean allowPrivate;

    StreamAddresses(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    /// Resolves once, may take long; the connection is made to the address returned.
    ///
    /// @param host as in a URL, IPv6 in brackets
    /// @throws RefusedException when any address of the host is not public
    InetAddress resolve(String host, Duration patience)
            throws UnknownHostException, RefusedException {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        List<InetAddress> addresses = NameLookups.ofTheSystem().find(bare, patience);
        for (InetAddress address : addresses) {
            if (!allowPrivate && AddressRules.refusal(address).isPresent()) {
                throw new RefusedException(
                        "the host has a private address, and media.allowPrivateAddresses is off");
            }
        }
        return addresses.getFirst();
    }

    /// A host that this worker must not connect to.
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
