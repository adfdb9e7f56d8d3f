package io.strowger.worker.core.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegisterLimitsTest {
    private static final long SECOND = 1_000_000_000L;
    private final RegisterLimits limits = new RegisterLimits(0);

    private int admitted(String source, int tries, long nowNs) {
        return (int) IntStream.range(0, tries).filter(_ -> limits.admit(source, nowNs)).count();
    }

    @Test
    void oneSourceGetsItsShareAndNoMore() {
        assertEquals(50, admitted("192.0.2.1", 500, 0));
        assertEquals(25, admitted("192.0.2.1", 500, SECOND / 2));
    }

    @Test
    void aFloodOfOneSourceTakesNothingFromTheOthers() {
        admitted("192.0.2.1", 100_000, 0);

        assertEquals(50, admitted("192.0.2.2", 50, 0));
    }

    @Test
    void manySourcesTogetherHaveABoundToo() {
        int all = 0;
        for (int i = 0; i < 100; i++) {
            all += admitted("192.0.2." + i, 50, 0);
        }

        assertEquals(1_000, all);
    }

    @Test
    void forgetsSourcesWhenThereAreTooMany() {
        for (int i = 0; i < 50_000; i++) {
            limits.admit("10.0." + i / 256 + "." + i % 256, 0);
        }

        assertTrue(limits.sources() <= RegisterLimits.MOST_SOURCES, "" + limits.sources());
    }
}
