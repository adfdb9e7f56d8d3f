package io.strowger.worker.shell.prompt;

import io.strowger.runtime.net.AddressRules;
import io.strowger.runtime.net.NameLookups;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/// Which addresses prompts may be fetched from: a prompt's URL comes from outside, and must not
/// reach into the network that this worker stands in.
final class PromptAddresses {
    private final boolean allowPrivate;

    PromptAddresses(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    /// Resolves once; the connection is made to the address returned, so that a second look-up
    /// cannot lead elsewhere.
    ///
    /// @throws RefusedAddressException when any address of the host is not public
    InetAddress resolve(String host, Duration patience)
            throws UnknownHostException, RefusedAddressException {
        List<InetAddress> addresses = NameLookups.ofTheSystem().find(host, patience);
        for (InetAddress address : addresses) {
            if (!allowPrivate && AddressRules.refusal(address).isPresent()) {
                throw new RefusedAddressException(
                        "the host has a private address, and media.allowPrivateAddresses is off");
            }
        }
        return addresses.getFirst();
    }

    static final class RefusedAddressException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedAddressException(String message) {
            super(message);
        }
    }
}
