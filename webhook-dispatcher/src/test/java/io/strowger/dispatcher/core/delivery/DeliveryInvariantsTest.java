package io.strowger.dispatcher.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random answers, crashes between any two steps, partitions that come and go, against a log that
/// keeps what Kafka would keep.
class DeliveryInvariantsTest {
    private static final int SEEDS_EACH = 150;

    @ParameterizedTest(name = "seeds from {0}")
    @ValueSource(ints = {0, 1_000, 2_000, 3_000})
    void nothingIsLostAndOrderIsKeptWhateverHappens(int firstSeed) {
        int crashes = 0;
        int letters = 0;
        int readBack = 0;
        int gone = 0;
        for (int seed = firstSeed; seed < firstSeed + SEEDS_EACH; seed++) {
            DeliveryWorld world = new DeliveryWorld(seed);

            world.runToTheEnd();

            assertEquals(world.told(), world.finished(), "seed " + seed);
            assertTrue(world.nothingWaits(), "seed " + seed + ": something is left parked");
            crashes += world.crashes();
            letters += world.letters();
            readBack += world.readBack();
            gone += world.gone();
        }
        assertTrue(crashes > 0 && letters > 0 && readBack > 0 && gone > 0, "the world is too kind");
    }
}
