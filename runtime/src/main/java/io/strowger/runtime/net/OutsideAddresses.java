package io.strowger.runtime.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where a URL that comes from outside may lead: its host is looked up once, and the connection is
/// made to the addresses found, so that a second look-up cannot lead elsewhere. Safe for all
/// threads; whoever asks waits.
public final class OutsideAddresses {
    private final boolean allowPrivate;
    private final String setting;

    /// @param setting the key that `allowPrivate` comes from, for people
    public OutsideAddresses(boolean allowPrivate, String setting) {
        this.allowPrivate = allowPrivate;
        this.setting = setting;
    }

    /// @param host as in a URL, IPv6 in brackets or bare
    /// @return at least one
    /// @throws UnknownHostException as [NameLookups#find]
    /// @throws RefusedAddressException when any address of the host is not public
    public List<InetAddress> find(String host, Duration patience)
            throws UnknownHostException, RefusedAddressException {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        List<InetAddress> addresses = NameLookups.ofTheSystem().find(bare, patience);
        if (!allowPrivate) {
            Optional<String> refusal =
                    addresses.stream()
                            .flatMap(address -> AddressRules.refusal(address).stream())
                            .findFirst();
            if (refusal.isPresent()) {
                throw new RefusedAddressException(refusal.get(), setting);
            }
        }
        return addresses;
    }
}
