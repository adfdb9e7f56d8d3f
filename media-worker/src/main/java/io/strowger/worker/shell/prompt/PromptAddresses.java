package io.strowger.worker.shell.prompt;

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
            if (!allowPrivate && !isPublic(address)) {
                throw new RefusedAddressException(
                        "the host has a private address, and media.allowPrivateAddresses is off");
            }
        }
        return addresses.getFirst();
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && (bytes.length == 4 ? isPublicIpv4(bytes) : isPublicIpv6(bytes));
    }

    /// Not "this network", shared (RFC 6598), of the IETF's own, for benchmarks, or reserved.
    private static boolean isPublicIpv4(byte[] bytes) {
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        return first != 0
                && first < 240
                && !(first == 100 && second >= 64 && second < 128)
                && !(first == 192 && second == 0 && bytes[2] == 0)
                && !(first == 198 && (second == 18 || second == 19));
    }

    /// Only what is given out (2000::/3), without 6to4 and Teredo: those, as `::/96` and
    /// `64:ff9b::/96`, hide an IPv4 address that may be a private one.
    private static boolean isPublicIpv6(byte[] bytes) {
        int first = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        int second = (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        return (first & 0xE000) == 0x2000 && first != 0x2002 && !(first == 0x2001 && second == 0);
    }

    static final class RefusedAddressException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedAddressException(String message) {
            super(message);
        }
    }
}
