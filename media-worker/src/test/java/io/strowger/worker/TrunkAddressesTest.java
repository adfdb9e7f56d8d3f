package io.strowger.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.testsupport.Eventually;
import io.strowger.worker.core.route.KnownPeers;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.SipUri;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TrunkAddressesTest {
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Duration SOON = Duration.ofSeconds(10);
    private final AtomicReference<List<String>> zone = new AtomicReference<>(List.of());

    @Test
    void knowsATrunkWhoseNameResolvesOnlyLater() {
        try (TrunkAddresses addresses = addresses()) {
            assertTrue(addresses.get().contains("198.51.100.7"), "the allowed block needs no name");
            assertFalse(addresses.get().contains("192.0.2.5"));

            zone.set(List.of("192.0.2.5"));

            Eventually.holds("the name", SOON, () -> addresses.get().contains("192.0.2.5"));
        }
    }

    @Test
    void followsATrunkThatMoves() {
        zone.set(List.of("192.0.2.5"));
        try (TrunkAddresses addresses = addresses()) {
            zone.set(List.of("192.0.2.6"));

            Eventually.holds("the move", SOON, () -> addresses.get().contains("192.0.2.6"));
            assertFalse(addresses.get().contains("192.0.2.5"));
        }
    }

    @Test
    void keepsTheLastAddressesWhileTheNameServiceIsDown() {
        zone.set(List.of("192.0.2.5"));
        int[] asked = {0};
        try (TrunkAddresses addresses =
                new TrunkAddresses(
                        List.of(trunk()),
                        host -> {
                            asked[0]++;
                            return zone(host);
                        },
                        OFTEN)) {
            zone.set(List.of());
            int before = asked[0];
            Eventually.holds("look-ups", SOON, () -> asked[0] > before + 3);

            assertTrue(addresses.get().contains("192.0.2.5"));
        }
    }

    @Test
    void looksUpNamesThatAreAllowed() {
        zone.set(List.of("192.0.2.5"));
        Trunk trunk = trunk(List.of("sbc.example:5080", "203.0.113.9:5090"));
        try (TrunkAddresses addresses =
                new TrunkAddresses(
                        List.of(trunk),
                        host -> host.equals("sbc.example") ? List.of("192.0.2.77") : zone(host),
                        OFTEN)) {
            KnownPeers peers = addresses.get();

            assertEquals(Optional.of("main"), peers.trunkAt("192.0.2.77", 5080));
            assertEquals(Optional.empty(), peers.trunkAt("192.0.2.77", 5081));
            assertEquals(Optional.of("main"), peers.trunkAt("203.0.113.9", 5090));
            assertEquals(Optional.of("main"), peers.trunkAt("192.0.2.5", 1));
        }
    }

    @Test
    void saysWhatACertificateAtAnAddressMustBeGoodFor() throws Exception {
        zone.set(List.of("192.0.2.5"));
        InetAddress looked = InetAddress.getByAddress("other.example", new byte[] {9, 9, 9, 9});
        try (TrunkAddresses addresses = addresses()) {
            assertEquals("trunk.example", addresses.certified(InetAddress.ofLiteral("192.0.2.5")));
            assertEquals("other.example", addresses.certified(looked));
            assertEquals("192.0.2.6", addresses.certified(InetAddress.ofLiteral("192.0.2.6")));
        }
    }

    private TrunkAddresses addresses() {
        return new TrunkAddresses(List.of(trunk()), this::zone, OFTEN);
    }

    private List<String> zone(String host) throws UnknownHostException {
        List<String> now = zone.get();
        if (now.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return now;
    }

    private static Trunk trunk() {
        return trunk(List.of("198.51.100.0/24"));
    }

    private static Trunk trunk(List<String> allowed) {
        return new Trunk(
                "main",
                SipUri.parse("sip:trunk.example").orElseThrow(),
                List.of(),
                allowed,
                null,
                0,
                0,
                false);
    }
}
