package io.strowger.worker.shell.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.testsupport.Eventually;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.ToneReports;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// A call whose guests talk, each a tone of its own, over real sockets in real time.
final class Room implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long FRAME_NS = Duration.ofMillis(20).toNanos();

    /// What is measured and, before it, what may still be of the time before.
    private static final int SETTLED_PACKETS = 25 + 20;

    private final MediaEngine engine;
    private final ServerCallId call;
    private final List<Guest> guests = new CopyOnWriteArrayList<>();
    private final Thread pacer;
    private volatile boolean over;

    Room(MediaEngine engine, ServerCallId call) {
        this.engine = engine;
        this.call = call;
        this.pacer = Thread.ofPlatform().daemon().name("room").start(this::pace);
    }

    /// @param amplitude how loud it says its tone
    Guest join(double frequencyHz, int amplitude) throws IOException {
        LegId leg = new LegId(guests.size() + 1);
        int port = engine.openLeg(call, leg, ToneReports.of(true)).orElseThrow();
        Guest guest = new Guest(leg, frequencyHz, new FarPhone(), port);
        engine.connectLeg(call, leg, guest.phone.audio());
        guest.talks(amplitude);
        guests.add(guest);
        return guest;
    }

    private void pace() {
        long dueNs = System.nanoTime();
        try {
            while (!over) {
                for (Guest guest : guests) {
                    guest.speak();
                }
                dueNs += FRAME_NS;
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
        } catch (IOException closed) {
            assertTrue(over, "a phone cannot send: " + closed);
        }
    }

    /// Waits until all that is measured is of the time after this call.
    void settle() {
        List<Integer> before = guests.stream().map(guest -> guest.phone.packets()).toList();
        Eventually.holds(
                "everyone goes on hearing something",
                SOON,
                () -> {
                    for (int i = 0; i < before.size(); i++) {
                        if (guests.get(i).phone.packets() < before.get(i) + SETTLED_PACKETS) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    static void assertHears(Guest listener, double frequencyHz, int amplitude) {
        assertEquals(
                amplitude,
                listener.hears(frequencyHz),
                amplitude / 3.0,
                () -> listener + " hears " + frequencyHz + " Hz");
    }

    static void assertHearsNot(Guest listener, double frequencyHz) {
        assertEquals(0, listener.hears(frequencyHz), 200, () -> listener + " hears " + frequencyHz);
    }

    @Override
    public void close() throws Exception {
        over = true;
        pacer.join(1000);
        engine.release(call);
        for (Guest guest : guests) {
            guest.close();
        }
    }
}
