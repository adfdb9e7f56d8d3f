package io.strowger.runtime.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/// Which addresses a URL that comes from outside (a webhook's, a prompt's) must not lead to, so
/// that nobody makes the platform talk to its own network: everything that is not global unicast
/// (RFC 6890), also inside the IPv6 forms that carry an IPv4 address. To be asked about the very
/// address that is connected to: a name may have another one at the next look.
public final class AddressRules {
    private AddressRules() {}

    /// Why the address is refused; empty when it is not.
    public static Optional<String> refusal(InetAddress address) {
        String kind =
                address instanceof Inet4Address
                        ? kind(address.getAddress(), 0)
                        : kind(address.getAddress());
        return kind.isEmpty() ? Optional.empty() : Optional.of(kind + " address");
    }

    /// @param at where the four bytes begin
    private static String kind(byte[] bytes, int at) {
        int a = bytes[at] & 0xFF;
        int b = bytes[at + 1] & 0xFF;
        int c = bytes[at + 2] & 0xFF;
        if (a == 0) {
            return "unspecified";
        }
        if (a == 127) {
            return "loopback";
        }
        if (a == 10 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168)) {
            return "private";
        }
        if (a == 169 && b == 254) {
            return "link-local"; // the metadata services of clouds too
        }
        if (a == 100 && b >= 64 && b < 128) {
            return "carrier-private"; // RFC 6598
        }
        boolean special =
                (a == 192 && b == 0 && (c == 0 || c == 2))
                        || (a == 192 && b == 88 && c == 99)
                        || (a == 198 && (b == 18 || b == 19))
                        || (a == 198 && b == 51 && c == 100)
                        || (a == 203 && b == 0 && c == 113);
        if (special) {
            return "special-purpose";
        }
        if (a >= 224) {
            return a < 240 ? "multicast" : "reserved";
        }
        return "";
    }

    private static String kind(byte[] bytes) {
        int first = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        int second = (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
        if (isZero(bytes, 0, 15) && (bytes[15] & 0xFF) <= 1) {
            return bytes[15] == 1 ? "loopback" : "unspecified";
        }
        if (isZero(bytes, 0, 10)) {
            return kind(bytes, 12); // IPv4-mapped or IPv4-compatible, RFC 4291 2.5.5
        }
        if (first == 0x64 && second == 0xFF9B) {
            return isZero(bytes, 4, 12) ? kind(bytes, 12) : "private"; // RFC 6052, RFC 8215
        }
        if (first == 0x2002) {
            return kind(bytes, 2); // 6to4, RFC 3056
        }
        if (first == 0x2001 && second < 0x200 || first == 0x2001 && second == 0xDB8) {
            return "special-purpose"; // Teredo, ORCHID..., documentation
        }
        if ((first & 0xFE00) == 0xFC00) {
            return "private";
        }
        if ((first & 0xFFC0) == 0xFE80) {
            return "link-local";
        }
        if ((first & 0xFF00) == 0xFF00) {
            return "multicast";
        }
        return (first & 0xE000) == 0x2000 ? "" : "reserved"; // 2000::/3 is what is given out
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
