package io.strowger.worker.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownPeersTest {
    private static final KnownPeers PEERS =
            KnownPeers.of(
                    List.of("192.0.2.7", "198.51.100.0/25", "2001:db8::/32", "trunk.example"));

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, true",
        "192.0.2.8, false",
        "198.51.100.127, true",
        "198.51.100.128, false",
        "2001:db8:1::9, true",
        "2001:db9::1, false",
        "trunk.example, false",
        "'', false"
    })
    void knowsAddressesAndBlocks(String address, boolean known) {
        assertEquals(known, PEERS.contains(address));
    }

    @Test
    void knowsNobodyWhenNothingIsSet() {
        assertFalse(KnownPeers.of(List.of("", "999.1.1.1", "10.0.0.0/99")).contains("10.0.0.1"));
    }
}
