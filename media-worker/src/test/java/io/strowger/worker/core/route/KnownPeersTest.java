package io.strowger.worker.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 5060, first",
        "192.0.2.7, 5070, second",
        "192.0.2.8, 5060, third",
        "192.0.2.8, 1, third",
        "192.0.2.9, 5060, fourth",
        "192.0.2.9, 5061, ''",
        "203.0.113.1, 5060, ''"
    })
    void tellsTrunksApartByAddressAndPort(String address, int port, String trunk) {
        Map<String, List<String>> addresses = new LinkedHashMap<>();
        addresses.put("first", List.of("192.0.2.7"));
        addresses.put("second", List.of("192.0.2.7:5070"));
        addresses.put("third", List.of("192.0.2.8/32"));
        addresses.put("fourth", List.of("192.0.2.9:5060"));

        assertEquals(trunk, KnownPeers.ofTrunks(addresses).trunkAt(address, port).orElse(""));
    }
}
