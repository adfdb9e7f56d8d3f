package io.strowger.worker.core.address;

import java.net.InetAddress;

/// Tells addresses of the internet from those of the network that this worker stands in, which
/// nobody from outside must reach through it.
public final class PublicAddresses {
    private PublicAddresses() {}

    public static boolean isPublic(InetAddress address) {
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
}
