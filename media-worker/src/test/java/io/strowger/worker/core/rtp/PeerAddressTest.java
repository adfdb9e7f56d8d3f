package io.strowger.worker.core.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PeerAddressTest {
    private static final InetSocketAddress STATED = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress NAT = new InetSocketAddress("198.51.100.1", 61_000);
    private static final InetSocketAddress FOREIGN = new InetSocketAddress("203.0.113.9", 5000);
    private final PeerAddress peer = new PeerAddress();

    @Test
    void beforeAnythingIsKnownThereIsNoTarget() {
        assertNull(peer.target());
    }

    @Test
    void theStatedAddressIsTheTargetUntilAPacketComes() {
        peer.state(STATED);

        assertEquals(STATED, peer.target());
    }

    @Test
    void theFirstSourceCountsAndNoOtherAfterIt() {
        peer.state(STATED);

        assertTrue(peer.accepts(NAT));
        assertFalse(peer.accepts(FOREIGN));
        assertTrue(peer.accepts(NAT));
        assertEquals(NAT, peer.target());
    }

    @Test
    void theStatedAddressTakesOverWhenItSpeaksUp() {
        peer.state(STATED);
        peer.accepts(FOREIGN);

        assertTrue(peer.accepts(STATED));
        assertFalse(peer.accepts(FOREIGN));
        assertEquals(STATED, peer.target());
    }

    @Test
    void aNewOfferOpensEverythingAgainAndARepeatedOneDoesNot() {
        InetSocketAddress moved = new InetSocketAddress("192.0.2.2", 4002);
        peer.state(STATED);
        peer.accepts(NAT);

        peer.state(STATED);
        assertEquals(NAT, peer.target());
        peer.state(moved);

        assertEquals(moved, peer.target());
        assertTrue(peer.accepts(FOREIGN));
    }

    @Test
    void aHostNameIsNoTargetUntilItIsFound() {
        InetSocketAddress named = InetSocketAddress.createUnresolved("phone.example", 4000);
        InetSocketAddress other = InetSocketAddress.createUnresolved("old.example", 4000);
        peer.state(named);
        assertNull(peer.target());

        peer.found(other, FOREIGN);
        assertNull(peer.target());
        peer.found(named, STATED);

        assertEquals(STATED, peer.target());
    }

    @Test
    void whoIsHeardBeforeItsHostNameIsFoundIsTheTarget() {
        InetSocketAddress named = InetSocketAddress.createUnresolved("phone.example", 4000);
        peer.state(named);
        peer.accepts(NAT);

        peer.found(named, STATED);

        assertEquals(NAT, peer.target());
    }
}
