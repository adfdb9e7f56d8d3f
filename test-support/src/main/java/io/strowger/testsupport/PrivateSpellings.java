package io.strowger.testsupport;

import java.util.List;

/// Ways to write, as the host of an URL, an address of this machine or its network, so that a
/// filter of addresses may pass over it.
public final class PrivateSpellings {
    private static final List<String> LITERALS =
            List.of(
                    "127.0.0.1",
                    "localhost",
                    "127.1",
                    "2130706433",
                    "0x7f000001",
                    "0177.0.0.1",
                    "0.0.0.0",
                    "[::1]",
                    "[::ffff:127.0.0.1]",
                    "[::ffff:7f00:1]",
                    "[::127.0.0.1]",
                    "[64:ff9b::7f00:1]",
                    "169.254.169.254",
                    "[fd00:ec2::254]");

    private PrivateSpellings() {}

    /// All of them, for a parameterised test.
    public static List<String> all() {
        return LITERALS;
    }
}
